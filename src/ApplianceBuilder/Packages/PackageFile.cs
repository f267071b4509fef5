namespace Guestfs.Appliances.Packages;

/// <summary>A file, directory or link that a package owns.</summary>
/// <param name="Path">Its absolute path under the root, without a slash at the end.</param>
/// <param name="HostPath">Where it lies under the root: another path than its own if it is diverted.</param>
/// <param name="IsConfiguration">Whether the package declares it as configuration, which the administrator may change.</param>
/// <param name="IsGhost">Whether the package only owns the name and does not contain the file (rpm).</param>
internal readonly record struct PackageFile(string Path, string HostPath, bool IsConfiguration = false, bool IsGhost = false);

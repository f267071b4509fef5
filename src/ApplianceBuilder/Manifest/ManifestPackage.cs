namespace Guestfs.Appliances;

/// <summary>A package that an appliance has files of.</summary>
/// <param name="Type">Its purl type: <c>deb</c>, <c>rpm</c> or <c>alpm</c>.</param>
/// <param name="Distribution">The distribution's id as in os-release, for example <c>debian</c>; part of the purl.</param>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its full version.</param>
/// <param name="Architecture">Its architecture, in the distribution's words.</param>
/// <param name="Sha256">Of the archive; for an installed package, of the package manager's record of its files and their digests.</param>
public sealed record ManifestPackage(string Type, string Distribution, string Name, string Version, string Architecture, string Sha256);

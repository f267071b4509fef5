namespace Guestfs.Appliances.Repositories;

/// <summary>A package that was downloaded.</summary>
/// <param name="Name">Name.</param>
/// <param name="Version">Version.</param>
/// <param name="Architecture">Architecture, or <c>all</c>.</param>
/// <param name="Sha256">SHA-256 of the .deb, in lower-case hexadecimal digits.</param>
/// <param name="Path">Path of the .deb on the host.</param>
internal sealed record RepositoryPackage(string Name, string Version, string Architecture, string Sha256, string Path);

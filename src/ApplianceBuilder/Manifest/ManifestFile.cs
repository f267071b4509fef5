namespace Guestfs.Appliances;

/// <summary>A file that went into an appliance, or is one of its own. Digests are SHA-256 in lower-case hexadecimal.</summary>
/// <param name="Name">Its path, or its name in the appliance's directory.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Sha256">The digest of its bytes; null where <paramref name="DataSha256"/> is in its place.</param>
/// <param name="DataSha256">
/// For a root filesystem that is mostly holes, the digest of its data alone: over the runs of blocks of 4096 bytes that are
/// not all zero, in their order; of each run its bytes, then the number of its first block and how many blocks it has, as 8
/// bytes each, least significant first. Zeros would cost as much time as data. Null elsewhere.
/// </param>
public sealed record ManifestFile(string Name, long Size, string? Sha256 = null, string? DataSha256 = null);

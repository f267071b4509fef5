namespace Guestfs.Appliances.Repositories;

/// <summary>A file that a Release file vouches for.</summary>
/// <param name="Path">Its path, relative to the Release file.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Sha256">Its digest.</param>
internal sealed record IndexFile(string Path, long Size, Digest Sha256);

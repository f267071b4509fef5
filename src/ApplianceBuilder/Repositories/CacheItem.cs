namespace Guestfs.Appliances.Repositories;

/// <summary>A file that a cache may have or fetch.</summary>
/// <param name="Address">Where it is fetched from.</param>
/// <param name="Folder">The folder of the cache for files of its kind.</param>
/// <param name="Extension">The extension of the file in the cache, with its dot.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Sha256">Its digest.</param>
internal sealed record CacheItem(Uri Address, string Folder, string Extension, long Size, Digest Sha256);

namespace Guestfs.Appliances.Host;

/// <summary>What changes when a file changes, cheap to read: nobody can set the change time back.</summary>
/// <param name="Path">The file's full name.</param>
/// <param name="Size">Bytes, or -1 where there is no file.</param>
/// <param name="ChangeTimeNs">Last change of the inode, in nanoseconds since 1970.</param>
/// <param name="Inode">The inode's number.</param>
internal sealed record FileStamp(string Path, long Size, long ChangeTimeNs, ulong Inode)
{
    /// <summary>The stamp of a file or directory, which need not exist.</summary>
    internal static FileStamp Of(string path) => Posix.Status(path) is { } status
        ? new FileStamp(path, status.Size, status.ChangeTimeNs, status.Inode)
        : new FileStamp(path, -1, 0, 0);
}

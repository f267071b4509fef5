namespace Guestfs.TestSupport;

/// <summary>What Python's os module says of a file.</summary>
internal sealed record TreeFile(string Path, string Type, string Mode, string Owner, string Links, string Inode, string Target, string Time,
    string Digest, string Xattrs);

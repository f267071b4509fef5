namespace Guestfs;

/// <summary>What kind of file a directory entry is.</summary>
public enum GuestfsFileType
{
    /// <summary>None that Linux has: the filesystem is damaged, or from elsewhere.</summary>
    Unknown,

    /// <summary>A regular file.</summary>
    RegularFile,

    /// <summary>A directory.</summary>
    Directory,

    /// <summary>A symbolic link, whatever it points to.</summary>
    SymbolicLink,

    /// <summary>A block device.</summary>
    BlockDevice,

    /// <summary>A character device.</summary>
    CharacterDevice,

    /// <summary>A named pipe.</summary>
    Fifo,

    /// <summary>A socket of the Unix domain.</summary>
    Socket,
}

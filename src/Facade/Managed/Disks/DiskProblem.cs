namespace Guestfs;

/// <summary>What is wrong with a disk image, or with a file that it is made of.</summary>
public enum DiskProblem
{
    /// <summary>Not one of the others: the message has qemu's words.</summary>
    Other,

    /// <summary>A file does not exist, or a directory on the way to it.</summary>
    Missing,

    /// <summary>It is a directory, a pipe or the like.</summary>
    NotAFile,

    /// <summary>This user may not read it, or may not write it.</summary>
    AccessDenied,

    /// <summary>It is not in the format that was named for it.</summary>
    WrongFormat,

    /// <summary>A chain of backing files leads back to itself.</summary>
    ChainLoop,

    /// <summary>It is encrypted in a way that only qemu can open, with a key that libguestfs cannot give it.</summary>
    Encrypted,

    /// <summary>It is damaged.</summary>
    Corrupt,

    /// <summary>It needs a newer qemu.</summary>
    NewerVersion,

    /// <summary>Another process has it open, or the handle has it twice.</summary>
    Locked,
}

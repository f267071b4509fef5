namespace Guestfs;

/// <summary>Reasons to leave something out and go on.</summary>
public enum ExtractSkipReason
{
    /// <summary>It is a device node, a FIFO or a socket: <see cref="ExtractOptions.SpecialFiles"/>.</summary>
    SpecialFile,

    /// <summary>It is a symbolic link, and none were wanted: <see cref="ExtractOptions.Symlinks"/>.</summary>
    SymbolicLink,

    /// <summary>It is a symbolic link that leads out of the extracted tree, or would if another link changed:
    /// <see cref="ExtractOptions.Symlinks"/>.</summary>
    LinkLeadsOutside,

    /// <summary>Its name is empty, <c>.</c> or <c>..</c>, or has a slash or a NUL in it:
    /// the guest's filesystem is damaged or hostile.</summary>
    UnsafeName,

    /// <summary>Its directory has the same name twice: the guest's filesystem is damaged or hostile.</summary>
    DuplicateName,

    /// <summary>The host's filesystem does not take the name.</summary>
    NameRefused,

    /// <summary>The guest's filesystem gives an error, or a file type that does not exist.
    /// Of a directory, its entries or the rest of them are missing.</summary>
    Unreadable,

    /// <summary>The host's filesystem does not take an extended attribute. The file itself is extracted.</summary>
    XattrRefused,
}

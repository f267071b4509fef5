namespace Guestfs.Appliances.Plan;

/// <summary>What kinds are called by the kernel.</summary>
internal static class EntryKinds
{
    extension(EntryKind kind)
    {
        /// <summary>The bits of the type, as st_mode and ext2 have them.</summary>
        /// <exception cref="InvalidOperationException">A hard link has no inode of its own.</exception>
        internal uint TypeBits => kind switch
        {
            EntryKind.Directory => Libc.S_IFDIR,
            EntryKind.File => Libc.S_IFREG,
            EntryKind.SymbolicLink => Libc.S_IFLNK,
            EntryKind.CharacterDevice => Libc.S_IFCHR,
            EntryKind.BlockDevice => Libc.S_IFBLK,
            EntryKind.Fifo => Libc.S_IFIFO,
            EntryKind.Socket => Libc.S_IFSOCK,
            _ => throw new InvalidOperationException("A hard link has no inode of its own."),
        };
    }
}

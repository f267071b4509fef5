namespace Guestfs.Appliances.Plan;

/// <summary>What an entry of a <see cref="FilePlan"/> is.</summary>
internal enum EntryKind
{
    /// <summary>A directory.</summary>
    Directory,

    /// <summary>A regular file, with <see cref="PlanEntry.Content"/>.</summary>
    File,

    /// <summary>A symbolic link to <see cref="PlanEntry.LinkTarget"/>, which is kept as it is.</summary>
    SymbolicLink,

    /// <summary>Another name of the file at <see cref="PlanEntry.LinkTarget"/>, an absolute path in the same plan.</summary>
    HardLink,

    /// <summary>A character device, <see cref="PlanEntry.Device"/>.</summary>
    CharacterDevice,

    /// <summary>A block device, <see cref="PlanEntry.Device"/>.</summary>
    BlockDevice,

    /// <summary>A named pipe.</summary>
    Fifo,

    /// <summary>A socket.</summary>
    Socket,
}

namespace Guestfs.Cli.Guests;

/// <summary>What part of the disks a command can be told to work on.</summary>
internal enum DiskChoice
{
    /// <summary>None: it is about the disks as a whole.</summary>
    None,

    /// <summary>One of the systems.</summary>
    System,

    /// <summary>The filesystems that one of the systems mounts, or those that are named.</summary>
    Mounts,
}

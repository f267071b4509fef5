namespace Guestfs.Appliances.Plan;

/// <summary>One name in the appliance's root filesystem and all that is to be known of it.</summary>
internal sealed record PlanEntry
{
    /// <summary>Absolute path: begins with a slash, ends with none, has no empty, <c>.</c> or <c>..</c> part. <c>/</c> is the root.</summary>
    public required string Path { get; init; }

    /// <summary>What it is.</summary>
    public required EntryKind Kind { get; init; }

    /// <summary>Permission bits with setuid, setgid and sticky (07777), without the type. Meaningless for a hard link.</summary>
    public required uint Mode { get; init; }

    /// <summary>Owner.</summary>
    public uint Uid { get; init; }

    /// <summary>Group.</summary>
    public uint Gid { get; init; }

    /// <summary>Time of last modification, in seconds since 1970.</summary>
    public long ModificationTime { get; init; }

    /// <summary>Extended attributes, sorted by name.</summary>
    public IReadOnlyList<ExtendedAttribute> ExtendedAttributes { get; init; } = [];

    /// <summary>The bytes of a regular file.</summary>
    public FileContent? Content { get; init; }

    /// <summary>Where a symbolic or hard link leads.</summary>
    public string? LinkTarget { get; init; }

    /// <summary>The number of a device node.</summary>
    public DeviceNumber Device { get; init; }
}

namespace Guestfs.Cli.Guests;

/// <summary>Which disks a command works on, and how they are opened.</summary>
internal sealed record GuestRequest
{
    /// <summary>The disks, in their order.</summary>
    internal required IReadOnlyList<DiskName> Disks { get; init; }

    /// <summary>What the guest is called, where its disks are shown beside those of others.</summary>
    internal string Name => Domain ?? Disks[0].File + new string('+', Disks.Count - 1);

    /// <summary>The machine of libvirt whose disks are added, too.</summary>
    internal string? Domain { get; init; }

    /// <summary>The format of disks that do not name one.</summary>
    internal string? Format { get; init; }

    /// <summary>Whether what the guest discards is given back to this host.</summary>
    internal bool Discards { get; init; }

    internal int? BlockSize { get; init; }

    /// <summary>The snapshot within the disks that is meant.</summary>
    internal string? Snapshot { get; init; }

    /// <summary>Whether there has to be a system, whose filesystems are mounted.</summary>
    internal bool Inspects { get; init; }

    /// <summary>The root of the system that is meant.</summary>
    internal string? Root { get; init; }

    /// <summary>What is mounted in place of what the guest mounts.</summary>
    internal IReadOnlyList<MountChoice> Mounts { get; init; } = [];

    internal IReadOnlyList<GuestKey> Keys { get; init; } = [];

    /// <summary>How the appliance is run.</summary>
    internal required ApplianceRequest Appliance { get; init; }
}

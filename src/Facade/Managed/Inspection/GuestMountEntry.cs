namespace Guestfs;

/// <summary>A line of a guest's <c>/etc/fstab</c>, a mount unit of its systemd, or a partition that its systemd mounts because of its
/// type (systemd-gpt-auto-generator(8)).</summary>
public sealed record GuestMountEntry
{
    /// <summary>The file: <c>/etc/fstab</c>, or one such as <c>/etc/systemd/system/srv.mount</c>; for a partition that is mounted because
    /// of its type the one that the guest makes for it when it starts, such as <c>/run/systemd/generator.late/srv.mount</c>.</summary>
    public required string File { get; init; }

    /// <summary>The number of the line, the first being 1; null for a unit.</summary>
    public int? Line { get; init; }

    /// <summary>What to mount, in the guest's words, such as <c>UUID=...</c>.</summary>
    public required string Device { get; init; }

    /// <summary>Where; for swap a word instead of a directory.</summary>
    public required string Path { get; init; }

    /// <summary>The type of the filesystem as it is named there; <c>auto</c> if none is.</summary>
    public required string Type { get; init; }

    /// <summary>The options in their order.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>Whether the guest mounts it by itself, at its start or when it is first used: it has not the option <c>noauto</c>, and a
    /// unit is enabled and not masked.</summary>
    public bool IsAutomatic { get; init; } = true;

    /// <summary>Whether a link to /dev/null stands in the place of the unit, which is then never started.</summary>
    internal bool IsMasked { get; init; }

    /// <summary>Whether the guest starts without it, too: the option <c>nofail</c>.</summary>
    public bool IsOptional => Options.Contains("nofail");

    /// <summary>The device or btrfs subvolume in the appliance, as <see cref="GuestfsHandle.Mount"/> takes it; null where there is none,
    /// as for a network filesystem.</summary>
    public string? Mountable { get; init; }
}

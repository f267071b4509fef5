namespace Guestfs;

/// <summary>What is known of an operating system while it is looked for.</summary>
internal sealed class GuestFacts
{
    internal required string Root { get; init; }

    internal string? Type { get; set; }

    internal string? Distro { get; set; }

    internal string? ProductName { get; set; }

    internal string? PrettyName { get; set; }

    internal string? ProductVariant { get; set; }

    internal GuestVersion? Version { get; set; }

    internal string? Architecture { get; set; }

    internal string? HostName { get; set; }

    internal string? MachineId { get; set; }

    internal string? PackageFormat { get; set; }

    internal string? PackageManagement { get; set; }

    internal string? OsinfoId { get; set; }

    internal string? BuildId { get; set; }

    /// <summary>What fstab says: devices, and directories or the words that stand for none.</summary>
    internal List<(string Mountable, string Path)> Mounts { get; } = [];

    internal IReadOnlyList<GuestMountEntry> MountEntries { get; set; } = [];

    internal IReadOnlyDictionary<string, string> DriveMappings { get; set; } = new Dictionary<string, string>();

    internal WindowsSystem? Windows { get; set; }

    internal List<string> Snapshots { get; } = [];

    internal List<GuestfsException> Problems { get; } = [];

    internal GuestOperatingSystem ToSystem(BlockDevices devices) => new()
    {
        Root = Root,
        Type = Type,
        Distro = Distro,
        ProductName = Known(ProductName),
        PrettyName = Known(PrettyName),
        ProductVariant = Known(ProductVariant),
        Version = Version is { } version && version != default ? new Version(version.Major, version.Minor) : null,
        Architecture = Architecture,
        HostName = Known(HostName),
        MachineId = MachineId,
        PackageFormat = PackageFormat,
        PackageManagement = PackageManagement,
        OsinfoId = OsinfoId,
        BuildId = Known(BuildId),
        Mountpoints = Mountpoints(devices),
        MountEntries = MountEntries,
        Filesystems = Mounts.Count == 0 ? [Root] : [.. Mounts.Select(m => m.Mountable)],
        DriveMappings = DriveMappings,
        Windows = Windows,
        Snapshots = Snapshots,
        Problems = Problems,
    };

    // A parent's path is shorter than those below it.
    private GuestMountpoint[] Mountpoints(BlockDevices devices) =>
    [
        .. (Mounts.Count == 0 ? [(Root, "/")] : Mounts.Where(m => m.Path.StartsWith('/')))
            .DistinctBy(m => m.Path, StringComparer.Ordinal)
            .OrderBy(m => m.Path.Length)
            .ThenBy(m => m.Path, StringComparer.Ordinal)
            .Select(m => new GuestMountpoint(m.Path, m.Mountable, FilesystemType(m.Mountable, devices))),
    ];

    private static string? FilesystemType(string mountable, BlockDevices devices) =>
        devices.All.FirstOrDefault(d => d.Name == mountable || BtrfsVolume.IsOn(d.Name, mountable))?.Signature?.Type;

    private static string? Known(string? text) => text is "" or "unknown" ? null : text;
}

/// <summary>Subvolumes as libguestfs names them.</summary>
internal static class BtrfsVolume
{
    private const string Prefix = "btrfsvol:";

    internal static string Name(string device, string subvolume) => $"{Prefix}{device}/{subvolume.TrimStart('/')}";

    /// <summary>The device of what may be a subvolume.</summary>
    internal static string Device(string mountable) => mountable.StartsWith(Prefix + "/dev/", StringComparison.Ordinal)
        && mountable.IndexOf('/', Prefix.Length + "/dev/".Length) is > 0 and int end
            ? mountable[Prefix.Length..end]
            : mountable;

    internal static bool IsOn(string device, string mountable) =>
        mountable.StartsWith(Prefix, StringComparison.Ordinal)
        && mountable.AsSpan(Prefix.Length).StartsWith(device, StringComparison.Ordinal)
        && mountable.AsSpan(Prefix.Length + device.Length).StartsWith("/", StringComparison.Ordinal);
}

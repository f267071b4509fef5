namespace Guestfs.Cli.Inspection;

/// <summary>A system, and what is installed in it.</summary>
/// <param name="System">The system.</param>
/// <param name="Applications">What is installed; null where that was not asked for.</param>
internal sealed record FoundSystem(GuestOperatingSystem System, IReadOnlyList<GuestApplication>? Applications)
{
    /// <summary>What of it is known, in the order in which it is told.</summary>
    internal IEnumerable<Fact> Facts()
    {
        GuestOperatingSystem os = System;
        (string Name, string? Value)[] single =
        [
            ("type", os.Type), ("distro", os.Distro), ("product", os.ProductName), ("variant", os.ProductVariant),
            ("version", os.Version?.ToString()), ("build", os.BuildId), ("architecture", os.Architecture), ("hostname", os.HostName),
            ("machine-id", os.MachineId), ("osinfo", os.OsinfoId), ("package-format", os.PackageFormat),
            ("package-management", os.PackageManagement), ("windows-systemroot", os.Windows?.SystemRoot),
        ];
        foreach ((string name, string? value) in single)
        {
            if (value is not null)
            {
                yield return new Fact(name, IsList: false, value);
            }
        }

        Fact[] lists =
        [
            .. os.Mountpoints.Select(m => new Fact("mountpoint", IsList: true, m.Path, m.Mountable, m.FilesystemType ?? "")),
            .. os.Filesystems.Select(filesystem => new Fact("filesystem", IsList: true, filesystem)),
            .. os.DriveMappings.Select(drive => new Fact("drive", IsList: true, drive.Key, drive.Value)),
            .. os.Snapshots.Select(snapshot => new Fact("snapshot", IsList: true, snapshot)),
            .. (Applications ?? []).Select(
                a => new Fact("application", IsList: true, a.Name, a.FullVersion ?? "", a.Architecture ?? "")),
        ];
        foreach (Fact fact in lists)
        {
            yield return fact;
        }
    }
}

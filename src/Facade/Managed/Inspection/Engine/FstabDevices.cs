// Which of the appliance's devices a line of fstab means: what guestfs_inspect_os guesses, so that both say the same.
namespace Guestfs;

/// <summary>Resolves the names that a Linux guest has for its devices.</summary>
internal sealed class FstabDevices(GuestfsHandle g, BlockDevices devices, GuestFileReader files, string root)
{
    private static readonly string[] NotDisks = ["/dev/fd", "/dev/cd"];
    private static readonly string[] OfKernel = ["/dev", "/media", "/proc", "/selinux", "/sys"];

    // Read with the first line that needs them: each costs calls.
    private (string Name, string Device)[]? opened;
    private (string Device, string Uuid)[]? named;
    private (string Device, string? Uuid)[]? assembled;

    /// <summary>All lines and units that are understood, once <see cref="Mounts"/> was gone through.</summary>
    internal List<GuestMountEntry> Entries { get; } = [];

    /// <summary>What is mounted where; for swap a word instead of a directory.</summary>
    internal IEnumerable<(string Mountable, string Path)> Mounts()
    {
        bool hasRoot = false;
        foreach (FstabEntry entry in Fstab.Read(files))
        {
            string? mountable = null;
            if (entry.Path == "/" && hasRoot)
            {
                files.Report(Fstab.File, entry.Line, "mounts / once more; the line is left out.");
            }
            else if (!IsOther(entry) && Resolve(entry.Device) is { } device)
            {
                hasRoot |= entry.Path == "/";
                mountable = Volume(device, entry.Type, entry.Options);
                yield return (mountable, entry.Path);
            }

            Add(entry, mountable);
        }

        foreach (GuestMountEntry unit in MountUnits.Read(files))
        {
            string? mountable = Resolve(unit.Device) is { } device ? Volume(device, unit.Type, unit.Options) : null;
            bool isKnown = Entries.Exists(e => e.Path == unit.Path && e.IsAutomatic);
            Entries.Add(unit with { Mountable = mountable, IsAutomatic = unit.IsAutomatic || isKnown });
            if (mountable is not null && unit.IsAutomatic && !isKnown)
            {
                yield return (mountable, unit.Path);
            }
        }
    }

    private void Add(FstabEntry entry, string? mountable)
    {
        Entries.Add(new GuestMountEntry
        {
            File = Fstab.File,
            Line = entry.Line,
            Device = entry.Device,
            Path = entry.Path,
            Type = entry.Type,
            Options = entry.Options,
            Mountable = mountable,
            IsAutomatic = !entry.Options.Contains("noauto") || entry.Options.Contains("x-systemd.automount"),
        });
    }

    private static string Volume(string device, string type, IReadOnlyList<string> options)
    {
        const string Subvolume = "subvol=";
        return type == "btrfs" && options.FirstOrDefault(o => o.StartsWith(Subvolume, StringComparison.Ordinal)) is { } subvolume
            ? BtrfsVolume.Name(device, subvolume[Subvolume.Length..])
            : device;
    }

    // Floppies, CD-ROMs, and what the kernel itself has the files of.
    private static bool IsOther(FstabEntry entry) =>
        entry.Device is "/dev/floppy" or "/dev/cdrom" || entry.Device.StartsWith("/dev/iso9660/", StringComparison.Ordinal)
        || NotDisks.Any(d => entry.Device.StartsWith(d, StringComparison.Ordinal) && entry.Device.Length > 7
            && char.IsAsciiDigit(entry.Device[7]))
        || OfKernel.Any(d => (entry.Path == d && d != "/media") || entry.Path.StartsWith(d + "/", StringComparison.Ordinal));

    /// <summary>The device that a line means, or its own words for one that is not there; null if it means none.</summary>
    internal string? Resolve(string device) =>
        After(device, "UUID=") is { } uuid ? devices.WithUuid(uuid, root)
        : After(device, "LABEL=") is { } label ? devices.WithLabel(label, root)
        : After(device, "PARTUUID=") is { } partition ? devices.WithPartitionUuid(partition, root)
        : After(device, "PARTLABEL=") is { } name ? devices.WithPartitionLabel(name, root)
        : device == "/dev/root" ? root
        : device.StartsWith("/dev/", StringComparison.Ordinal) ? ResolveDevice(device) ?? device
        : null;

    private string? ResolveDevice(string device)
    {
        const string ByUuid = "/dev/disk/by-uuid/", ById = "/dev/disk/by-id/", OfLvm = ById + "dm-uuid-LVM-";
        if (After(device, BlockDevices.Mapper) is { } mapped)
        {
            return Opened(mapped) ?? devices.LogicalVolumes.FirstOrDefault(v => MapperName(v) == mapped);
        }

        if (After(device, ByUuid) is { } uuid)
        {
            return devices.WithUuid(uuid, root);
        }

        if (After(device, OfLvm) is { Length: 64 } ids)
        {
            return LogicalVolume(ids);
        }

        if (After(device, ById) is { } id)
        {
            const string Part = "-part";
            int at = id.LastIndexOf(Part, StringComparison.Ordinal);
            return at >= 0 && devices.Disks is [string only] ? Partition(only, id[(at + Part.Length)..]) : null;
        }

        if (device.StartsWith("/dev/md", StringComparison.Ordinal) && devices.Arrays.Length > 0)
        {
            return Array(device);
        }

        // Disks as other buses and machines call them, in the order in which they were added.
        string rest = device["/dev/".Length..];
        string? disk = ((string[])["xvd", "hd", "sd", "vd"]).FirstOrDefault(p => rest.StartsWith(p, StringComparison.Ordinal));
        string letters = disk is null ? "" : new string([.. rest[disk.Length..].TakeWhile(char.IsAsciiLetterLower)]);
        return letters.Length is > 0 and < 4 && Index(letters) is var index && index < devices.Disks.Length
            ? Partition(devices.Disks[index], rest[(disk!.Length + letters.Length)..])
            : null;
    }

    // By the name that inspection gives it; by that by which the guest opens it, if it was opened by that one; else by its being the only
    // one. The guest's own name may be what inspection calls the copy of it.
    private string? Opened(string name)
    {
        opened ??= [.. Fstab.ReadCrypttab(files)];
        if (opened.FirstOrDefault(c => c.Name == name).Device is not { } device)
        {
            return null;
        }

        BlockDevice? container = Container(device);
        string? mapping = container is null ? null : EncryptedDevices.Mapping(container, devices);
        foreach (string? candidate in (ReadOnlySpan<string?>)[mapping, BlockDevices.Mapper + name])
        {
            if (candidate is not null && devices.Named(candidate) is not null)
            {
                return candidate;
            }
        }

        BlockDevice[] mapped = [.. devices.All.Where(d => d.Name.StartsWith(BlockDevices.Mapper, StringComparison.Ordinal))];
        bool isOnly = devices.All.Count(d => d.Signature is { IsEncrypted: true }) == 1;
        return container is not null && isOnly && mapped.Length == 1 ? mapped[0].Name : null;
    }

    private BlockDevice? Container(string device) =>
        (After(device, "UUID=") ?? After(device, "/dev/disk/by-uuid/")) is { } uuid ? devices.Encrypted(uuid, root)
        : Resolve(device) is { } name && devices.Named(name) is { Signature.IsEncrypted: true } found ? found
        : null;

    private string? LogicalVolume(string ids)
    {
        string group = ids[..32];
        string? volume = g.AnswerOr(g.LvsFull, []).FirstOrDefault(v => v.Uuid == ids[32..])?.Name;
        string? name = volume is null ? null : g.AnswerOr(g.VgsFull, []).FirstOrDefault(v => v.Uuid == group)?.Name;
        return name is null ? null : $"/dev/{name}/{volume}";
    }

    private string? Array(string device)
    {
        named ??= [.. Fstab.ReadArrays(files)];
        if (named.FirstOrDefault(a => a.Device == device).Uuid is not { } uuid)
        {
            return null;
        }

        assembled ??=
            [.. devices.Arrays.Select(a => (a, Fstab.Digits(g.AnswerOr<string?>(() => g.MdDetail(a).GetValueOrDefault("uuid"), null))))];
        return assembled.FirstOrDefault(a => a.Uuid == uuid).Device;
    }

    // Also one that is not there: the line means that disk.
    private static string? Partition(string disk, string number) =>
        number.Length > 0 && number.All(char.IsAsciiDigit) ? disk + number : null;

    // Hyphens in names are doubled: /dev/my-group/root is my--group-root.
    internal static string MapperName(string volume) => string.Join('-', volume["/dev/".Length..].Split('/').Select(n =>
        n.Replace("-", "--", StringComparison.Ordinal)));

    private static int Index(string letters) => letters.Aggregate(0, (sum, letter) => (sum * 26) + letter - 'a' + 1) - 1;

    private static string? After(string text, string prefix) =>
        text.StartsWith(prefix, StringComparison.Ordinal) ? ShellText.Unquote(text[prefix.Length..]) : null;
}

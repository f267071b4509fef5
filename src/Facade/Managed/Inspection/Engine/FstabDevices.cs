// Which of the appliance's devices a line of fstab means: what guestfs_inspect_os guesses, so that both say the same.
namespace Guestfs;

/// <summary>Resolves the names that a Linux guest has for its devices.</summary>
internal sealed class FstabDevices(GuestfsHandle g, BlockDevices devices, MountedFiles files, string root)
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
        MountUnits units = new(files);
        List<GuestMountEntry> own = units.Read();
        bool hasRoot = false, isEmpty = true;
        foreach (FstabEntry entry in Fstab.Read(files))
        {
            string? mountable = null;
            GuestMountEntry line = units.Change(Line(entry));
            if (entry.Path == "/" && hasRoot)
            {
                files.Report(Fstab.File, entry.Line, "mounts / once more; the line is left out.");
            }
            else if (!IsOther(line) && Resolve(line.Device) is { } device)
            {
                hasRoot |= entry.Path == "/";
                mountable = Volume(device, line.Type, line.Options);
                if (!own.Exists(u => u.Path == line.Path && MountUnits.Precedence(u) < MountUnits.Precedence(line)))
                {
                    isEmpty = false;
                    yield return (mountable, entry.Path);
                }
            }

            Entries.Add(line with { Mountable = mountable });
        }

        List<(string Mountable, string Path)> others = [];
        foreach (GuestMountEntry unit in own)
        {
            // The line still has it started; which of the two is what is mounted is another question.
            string? mountable = Resolve(unit.Device) is { } device ? Volume(device, unit.Type, unit.Options) : null;
            GuestMountEntry? line = Entries.Find(e => e.Path == unit.Path);
            bool isAutomatic = !unit.IsMasked && (unit.IsAutomatic || line is { IsAutomatic: true });
            Entries.Add(unit with { Mountable = mountable, IsAutomatic = isAutomatic });
            if (mountable is not null && (line is null ? isAutomatic : MountUnits.Precedence(unit) < MountUnits.Precedence(line)))
            {
                others.Add((mountable, unit.Path));
            }
        }

        foreach (GuestMountEntry partition in DiscoverablePartitions.Find(devices, files, root, Entries))
        {
            Entries.Add(partition);
            others.Add((partition.Mountable!, partition.Path == "none" ? "swap" : partition.Path));
        }

        // A guest whose fstab names none of its filesystems has a root all the same.
        if (isEmpty && others.Count > 0 && !others.Exists(o => o.Path == "/"))
        {
            yield return (root, "/");
        }

        foreach ((string, string) other in others)
        {
            yield return other;
        }
    }

    private static GuestMountEntry Line(FstabEntry entry) => new()
    {
        File = Fstab.File,
        Line = entry.Line,
        Device = entry.Device,
        Path = entry.Path,
        Type = entry.Type,
        Options = entry.Options,
        IsAutomatic = !entry.Options.Contains("noauto") || entry.Options.Contains("x-systemd.automount"),
    };

    private static string Volume(string device, string type, IReadOnlyList<string> options)
    {
        const string Subvolume = "subvol=";
        return type == "btrfs" && options.FirstOrDefault(o => o.StartsWith(Subvolume, StringComparison.Ordinal)) is { } subvolume
            ? BtrfsVolume.Name(device, subvolume[Subvolume.Length..])
            : device;
    }

    // Floppies, CD-ROMs, and what the kernel itself has the files of.
    private static bool IsOther(GuestMountEntry entry) =>
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
        : device is "/dev/root" or "/dev/gpt-auto-root" ? root
        : device.StartsWith("/dev/", StringComparison.Ordinal) ? ResolveDevice(device) ?? device
        : null;

    /// <summary>What was opened since of what was found closed, by the guest's own name for it or by a partition.</summary>
    internal string? Opened(string mountable) =>
        After(mountable, BlockDevices.Mapper) is not null ? Resolve(mountable) : EncryptedDevices.Clear(mountable, devices);

    private string? ResolveDevice(string device)
    {
        const string ByUuid = "/dev/disk/by-uuid/", ById = "/dev/disk/by-id/", OfLvm = ById + "dm-uuid-LVM-";
        if (After(device, BlockDevices.Mapper) is { } mapped)
        {
            return OpenedBy(mapped) ?? devices.LogicalVolumes.FirstOrDefault(v => MapperName(v) == mapped);
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
            ? rest.Length == disk!.Length + letters.Length
                ? devices.Named(devices.Disks[index])?.Name
                : Partition(devices.Disks[index], rest[(disk.Length + letters.Length)..])
            : null;
    }

    // What no line of crypttab is about is opened because of its type. Else by the name that inspection gives it; by that by which the
    // guest opens it, if it was opened by that one; else by its being the only one. The guest's own name may be what inspection calls the
    // copy of it.
    private string? OpenedBy(string name)
    {
        opened ??= [.. Fstab.ReadCrypttab(files)];
        if (opened.FirstOrDefault(c => c.Name == name).Device is not { } device)
        {
            return DiscoverablePartitions.Opened(name, devices, root);
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

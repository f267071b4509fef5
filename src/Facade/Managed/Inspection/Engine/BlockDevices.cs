// What may hold a filesystem, found with calls that start no program in the appliance: its kernel's list of devices, and their first
// bytes. Volume groups and the like are asked about only where something of theirs was seen.
using System.Globalization;

namespace Guestfs;

/// <summary>A disk, partition or volume, and what is on it.</summary>
/// <param name="name">Its device, in libguestfs' words.</param>
/// <param name="signature">What was recognised; null for nothing.</param>
/// <param name="mayBeFilesystem">Whether it is worth a try to mount it.</param>
/// <param name="partition">What the partition table says, if it is a partition of one that is understood.</param>
internal sealed class BlockDevice(string name, BlockSignature? signature, bool mayBeFilesystem, TablePartition? partition)
{
    internal string Name { get; } = name;

    internal BlockSignature? Signature { get; } = signature;

    internal bool MayBeFilesystem { get; } = mayBeFilesystem;

    internal TablePartition? Partition { get; } = partition;

    /// <summary>The volume that it is a snapshot of.</summary>
    internal string? Origin { get; set; }

    /// <summary>Whether it is what a firmware starts systems from, of which it holds none.</summary>
    internal bool IsEfiSystem => Signature?.Type == "vfat" && Partition?.Type is "c12a7328-f81f-11d2-ba4b-00a0c93ec93b" or "ef";
}

/// <summary>A disk with a partition table that is understood.</summary>
internal sealed class PartitionedDisk(string name, PartitionTable table)
{
    internal string Name { get; } = name;

    internal PartitionTable Table { get; } = table;
}

/// <summary>All devices of an appliance.</summary>
internal sealed class BlockDevices
{
    /// <summary>Where the device mapper's devices are.</summary>
    internal const string Mapper = "/dev/mapper/";

    // GRUB's own, Microsoft's reserved one, and snapshots of volumes.
    private static readonly string[] NoFilesystems =
    [
        "21686148-6449-6e6f-744e-656564454649", "e3c9e316-0b5c-4db8-817d-f92df00215ae", "caddebf1-4400-4de8-b103-12117dcf3ccf",
        "05", "0f", "85",
    ];

    private const string Pool = "-tpool";

    private static readonly string[] LayersOfVolumes = ["-real", "-cow", "-vpool", Pool];

    private static readonly string[] PartsOfVolumes =
    [
        "_cdata", "_cmeta", "_corig", "_cvol", "_imeta", "_iorig", "_mimage", "_mlog", "_pmspare", "_rimage", "_rmeta", "_tdata", "_tmeta",
        "_vdata", "_vorigin", "_wcorig",
    ];

    private readonly GuestfsHandle g;
    private readonly List<BlockDevice> devices = [];
    private readonly List<PartitionedDisk> tables = [];

    private BlockDevices(GuestfsHandle g) => this.g = g;

    /// <summary>The devices in the order in which guestfs_inspect_os looks at them.</summary>
    internal IReadOnlyList<BlockDevice> All => devices;

    /// <summary>The disks whose partition tables were read.</summary>
    internal IReadOnlyList<PartitionedDisk> Tables => tables;

    /// <summary>The disks that were added, in their order.</summary>
    internal string[] Disks { get; private set; } = [];

    internal string[] Arrays { get; private set; } = [];

    internal string[] LogicalVolumes { get; private set; } = [];

    /// <summary>Whether there are dynamic disks of Windows, whose volumes only libguestfs knows.</summary>
    internal bool HasDynamicDisks { get; private set; }

    internal static BlockDevices Find(GuestfsHandle g)
    {
        BlockDevices found = new(g) { Disks = g.ListDevices() };
        string[] partitions = g.ListPartitions();
        found.Arrays = g.AnswerOr(g.ListMdDevices, []);
        ILookup<string, string> byDisk = partitions.ToLookup(p => DiskOf(p, [.. found.Disks, .. found.Arrays]));

        foreach (string disk in found.Disks.Where(d => !byDisk.Contains(d)).Concat(g.AnswerOr(g.ListDmDevices, [])))
        {
            found.Add(disk, null);
        }

        List<string> inOrder = [];
        foreach (string disk in (string[])[.. found.Disks, .. found.Arrays])
        {
            if (byDisk[disk].Any())
            {
                found.ReadTable(disk);
                inOrder.AddRange(byDisk[disk]);
            }
        }

        foreach (string partition in inOrder)
        {
            found.Add(partition, found.Entry(partition));
        }

        foreach (string array in found.Arrays.Where(a => !byDisk.Contains(a)))
        {
            found.Add(array, null);
        }

        if (found.devices.Exists(d => d.Signature?.Type == "LVM2_member"))
        {
            found.LogicalVolumes = g.AnswerOr(g.Lvs, []);
            HashSet<string> names = [.. found.devices.Select(d => d.Name)];
            found.devices.RemoveAll(d => IsPartOfVolume(d.Name, names));
            found.AddVolumes();
        }

        found.FindStoppedArrays();
        found.FindSnapshots();
        found.Duplicates = Duplicate.Find(g, found);
        return found;
    }

    /// <summary>What is wrong with how the disks are divided.</summary>
    internal List<GuestDeviceException> Problems { get; } = [];

    /// <summary>What there are several of.</summary>
    internal IReadOnlyList<Duplicate> Duplicates { get; private set; } = [];

    // Each starts a program: enough for names that are of no filesystem known here, and not for a file full of names.
    private int lookupsLeft = 50;

    internal BlockDevice? Named(string name) => devices.Find(d => d.Name == name);

    /// <summary>What a UUID names. Of several, as copies of disks have them, the one on the disk of the system that names it; so, too, with
    /// the names below.</summary>
    internal string? WithUuid(string uuid, string root) => Mountable(s => s.Uuid == uuid, root) ?? Look(() => g.FindfsUuid(uuid));

    internal string? WithLabel(string label, string root) => Mountable(s => s.Label == label, root) ?? Look(() => g.FindfsLabel(label));

    internal string? WithPartitionUuid(string uuid, string root) =>
        First(d => string.Equals(d.Partition?.Uuid, uuid, StringComparison.OrdinalIgnoreCase), root);

    internal string? WithPartitionLabel(string label, string root) => First(d => d.Partition?.Name == label, root);

    /// <summary>The LUKS container with a UUID: that on the disk of a system, or else the first.</summary>
    internal BlockDevice? Encrypted(string uuid, string? root = null) => FirstDevice(
        d => d.Signature is { Type: "crypto_LUKS" } s && string.Equals(s.Uuid, uuid, StringComparison.OrdinalIgnoreCase), root);

    private string? Look(Func<string> find) => lookupsLeft-- > 0 ? g.AnswerOr<string?>(find, null) : null;

    // Members of arrays and groups are not what a guest mounts.
    private string? Mountable(Func<BlockSignature, bool> matches, string root) =>
        First(d => d.Signature is { IsMember: false, IsEncrypted: false } s && d.Origin is null && matches(s), root);

    private string? First(Predicate<BlockDevice> matches, string root) => FirstDevice(matches, root)?.Name;

    private BlockDevice? FirstDevice(Predicate<BlockDevice> matches, string? root)
    {
        string? disk = root is null ? null : DiskUnder(BtrfsVolume.Device(root));
        return (disk is null ? null : devices.Find(d => matches(d) && DiskUnder(d.Name) == disk)) ?? devices.Find(matches);
    }

    /// <summary>The disk that something is on; itself if that is not known, or there are several.</summary>
    // Below a mapping is what was opened, and below a volume or an array that of several copies which was taken. One may be on the other.
    internal string DiskUnder(string device)
    {
        const int Most = 4;
        for (int i = 0; i < Most && Below(device) is { } below; i++)
        {
            device = below;
        }

        return DiskOf(device, Disks);
    }

    // A group of one physical volume is on that.
    private string? Below(string device) => device.StartsWith(Mapper, StringComparison.Ordinal)
        ? EncryptedDevices.Container(device, this)?.Name
        : Duplicates.FirstOrDefault(d => d.IsBelow(device, this))?.Taken
            ?? (Array.IndexOf(LogicalVolumes, device) >= 0 && devices.FindAll(d => d.Signature?.Type == "LVM2_member") is [{ } only]
                ? only.Name
                : null);

    // What a volume with snapshots and others consist of has names of its own, which the volumes cannot have: lvm(8). A pool of thin
    // volumes shows what was first written to one of them.
    private static bool IsPartOfVolume(string device, HashSet<string> all) => device.StartsWith(Mapper, StringComparison.Ordinal)
        && (Array.Exists(LayersOfVolumes, layer => device.EndsWith(layer, StringComparison.Ordinal)) || all.Contains(device + Pool)
            || Array.Exists(PartsOfVolumes, part => device.IndexOf(part, device.LastIndexOf('-') + 1, StringComparison.Ordinal) > 0));

    // A snapshot has the UUID of what it was made of: LVM is asked only where two volumes have one.
    private void FindSnapshots()
    {
        List<BlockDevice> volumes = devices.FindAll(d => d.Signature?.Identity is not null && Array.IndexOf(LogicalVolumes, d.Name) >= 0);
        List<BlockDevice> alike = volumes.FindAll(d => volumes.Exists(o => o != d && o.Signature!.Identity == d.Signature!.Identity));
        if (alike.Count == 0)
        {
            return;
        }

        Dictionary<string, string> origins = new(StringComparer.Ordinal);
        foreach (LvmLv volume in g.AnswerOr(g.LvsFull, []))
        {
            if (volume.Origin is { Length: > 0 } origin)
            {
                origins.TryAdd(volume.Name, origin);
            }
        }

        foreach (BlockDevice snapshot in alike)
        {
            // Thin volumes are snapshots of snapshots, and not all of them are active: the first of them is what is looked for.
            string group = snapshot.Name[..(snapshot.Name.LastIndexOf('/') + 1)];
            string name = snapshot.Name[group.Length..];
            for (int i = 0; i <= origins.Count && origins.TryGetValue(name, out string? origin); i++, name = origin)
            {
                if (alike.Find(d => d.Name == group + origin) is { } whole && whole.Signature!.Identity == snapshot.Signature!.Identity)
                {
                    snapshot.Origin = whole.Name;
                }
            }
        }
    }

    // Of a group that lacks physical volumes nothing is active, though some volumes of it may be whole.
    private void AddVolumes()
    {
        Dictionary<string, string> failures = new(StringComparer.Ordinal);
        foreach (string volume in LogicalVolumes)
        {
            DeviceReader reader = new(g, volume, null);
            if (reader.Start().Length == 0)
            {
                string group = volume.Split('/')[2];
                if (!failures.TryGetValue(group, out string? failure))
                {
                    failures[group] = failure = Activate(group);
                }

                reader = new DeviceReader(g, volume, null);
                if (reader.Start().Length == 0)
                {
                    Problems.Add(new GuestDeviceException(
                        volume, "is a logical volume that is not active, and was not looked into: if its group lacks disks, add them."
                            + (failure.Length == 0 ? "" : $" LVM says: {failure}")));
                }
            }

            Add(volume, null, reader);
        }
    }

    private string Activate(string group)
    {
        try
        {
            g.VgActivate(true, [group]);
            return "";
        }
        catch (GuestfsException e) when (g.State == GuestfsState.Ready)
        {
            return e.Message;
        }
    }

    // With members missing most arrays are not started, and what is not there is not looked into.
    private void FindStoppedArrays()
    {
        IGrouping<string, BlockDevice>[] arrays =
        [
            .. devices.Where(d => d.Signature is { Type: "linux_raid_member", Uuid: not null }).GroupBy(d => d.Signature!.Uuid!),
        ];
        if (arrays.Length <= Arrays.Length)
        {
            return;
        }

        HashSet<string?> running =
            [.. Arrays.Select(a => Fstab.Digits(g.AnswerOr<string?>(() => g.MdDetail(a).GetValueOrDefault("uuid"), null)))];
        foreach (IGrouping<string, BlockDevice> array in arrays)
        {
            if (!running.Contains(Fstab.Digits(array.Key)))
            {
                string[] members = [.. array.Select(d => d.Name)];
                string which = members.Length == 1 ? "is" : $"and {string.Join(" and ", members[1..])} are";
                Problems.Add(new GuestDeviceException(
                    members[0], $"{which} of an md array that is not running, and was not looked into: add all disks that it has."));
            }
        }
    }

    private void ReadTable(string disk)
    {
        DeviceReader reader = new(g, disk, null);
        if (PartitionTable.Read(reader) is not { } table)
        {
            return;
        }

        tables.Add(new PartitionedDisk(disk, table));
        HasDynamicDisks |= table.IsDynamic;
        foreach ((TablePartition partition, TablePartition within) in table.Overlaps())
        {
            Problems.Add(new GuestDeviceException(
                disk, partition.Start == within.Start
                    ? $"has a wrong partition table: partitions {within.Number} and {partition.Number} begin at the same place. The first "
                        + "of them is inspected."
                    : $"has a wrong partition table: partition {partition.Number} begins within partition {within.Number}. What is in one "
                        + "of them may have destroyed the other."));
        }

        // What has no UUID has a mark of two bytes, which may be there by chance; discs have tables for what starts from them.
        if (BlockSignature.FindAtStart(reader, reader.Start()) is { Uuid: not null, Type: not ("iso9660" or "udf") } whole)
        {
            Problems.Add(new GuestDeviceException(
                disk, $"has both a partition table and what is of type {whole.Type}: its partitions are inspected. If it was used as a "
                    + "whole, the table is a leftover."));
        }
    }

    // Of those that begin at one place, the same would be found in each.
    private bool IsSeenBefore(string partition, TablePartition entry)
    {
        string disk = DiskOf(partition, Disks);
        return devices.Exists(d => d.Partition is { } other && other.Start == entry.Start && DiskOf(d.Name, Disks) == disk);
    }

    private void ReportTable(string name, DeviceReader reader)
    {
        if (PartitionTable.Read(reader) is not { IsDynamic: false, Partitions: { Count: > 0 } partitions } table)
        {
            return;
        }

        const string Protective = "ee";
        Problems.Add(new GuestDeviceException(
            name, !table.IsGpt && partitions.Any(p => p.Type == Protective)
                ? "has had a GPT, of which neither the table nor the copy at the end of the disk is whole: its partitions are not known."
                : "holds a partition table of its own: what is in its partitions is not inspected. Copied to a disk image, it can be."));
    }

    private TablePartition? Entry(string partition)
    {
        string disk = DiskOf(partition, tables.Select(t => t.Name));
        return int.TryParse(partition.AsSpan(disk.Length).TrimStart('p'), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? tables.Find(t => t.Name == disk)?.Table.Partitions.FirstOrDefault(p => p.Number == number)
            : null;
    }

    private void Add(string name, TablePartition? partition, DeviceReader? opened = null)
    {
        if (partition is not null && NoFilesystems.Contains(partition.Type))
        {
            return;
        }

        if (partition is not null && IsSeenBefore(name, partition))
        {
            devices.Add(new BlockDevice(name, null, false, partition));
            return;
        }

        DeviceReader reader = opened ?? new DeviceReader(g, name, partition?.Size);
        byte[] start = reader.Start();
        BlockSignature? signature = BlockSignature.Find(reader, start);
        HasDynamicDisks |= ContainerSignatures.IsDynamic(start);
        bool hasData = signature is not null || start.AsSpan().ContainsAnyExcept((byte)0);
        if (signature is null && hasData)
        {
            ReportTable(name, reader);
        }

        devices.Add(
            new BlockDevice(name, signature, hasData && signature is not { IsMember: true } and not { IsEncrypted: true }, partition));
    }

    /// <summary>The disk of a partition; the name itself if it is none.</summary>
    // Some disk's name may begin another's: /dev/sda and /dev/sdaa.
    internal static string DiskOf(string partition, IEnumerable<string> disks) =>
        disks.Where(d => partition.StartsWith(d, StringComparison.Ordinal)).MaxBy(d => d.Length) ?? partition;
}

/// <summary>A device of the appliance.</summary>
internal sealed class DeviceReader(GuestfsHandle g, string device, long? size) : BlockReader
{
    // An answer of the appliance holds four megabytes; nothing here asks for half of that in good faith.
    private const int MaxRead = 1 << 20;

    private byte[]? start;
    private long? knownSize = size;

    internal override long? Size
    {
        get
        {
            knownSize ??= g.AnswerOr(() => g.BlockdevGetsize64(device), 0);
            return knownSize;
        }
    }

    internal byte[] Start() => start ??= Ask(0, BlockSignature.StartSize);

    internal override ReadOnlySpan<byte> Read(long offset, int count)
    {
        if (offset >= 0 && offset + count <= BlockSignature.StartSize)
        {
            byte[] first = Start();
            return offset >= first.Length ? default : first.AsSpan((int)offset, (int)Math.Min(count, first.Length - offset));
        }

        return offset < 0 || count is <= 0 or > MaxRead ? default : Ask(offset, count);
    }

    // Beyond its end, or a bad sector: nothing.
    private byte[] Ask(long offset, int count) => g.AnswerOr(() => g.PreadDevice(device, count, offset), []);
}

using Guestfs.Interop;

namespace Guestfs;

/// <summary>Devices of which all but one must be copies, because they have what only one can have. Kernels and programs then take one of
/// them, mostly without a word.</summary>
internal sealed class Duplicate
{
    private const string Gpt = "GPT", Lvm = "LVM2_member", Md = "linux_raid_member";

    private readonly string kind;
    private readonly string identity;
    private readonly List<string> devices = [];

    private Duplicate(string kind, string identity) => (this.kind, this.identity) = (kind, identity);

    // The array that has one of them.
    private string? array;

    /// <summary>The one of them that volumes or an array are on; null if that is not known.</summary>
    internal string? Taken { get; private set; }

    /// <summary>What is said of them.</summary>
    internal GuestDeviceException Problem { get; private set; } = null!;

    internal static List<Duplicate> Find(GuestfsHandle g, BlockDevices all)
    {
        List<Duplicate> groups = [];
        foreach (PartitionedDisk disk in all.Tables)
        {
            Add(groups, Gpt, disk.Table.DiskUuid, disk.Name);
        }

        foreach (BlockDevice device in all.All)
        {
            if (device.Origin is null && device.Signature is { } signature && Consequence(signature.Type) is not null)
            {
                Add(groups, signature.Type, signature.Identity, device.Name);
            }
        }

        groups.RemoveAll(d => d.devices.Count == 1);
        groups.ForEach(d => d.Problem = d.Describe(g, all));
        return groups;
    }

    /// <summary>Whether what can be mounted is on one of them because it is on a volume or an array.</summary>
    internal bool IsBelow(string device, BlockDevices all) => Taken is not null && kind is Lvm or Md && Concerns(device, all);

    /// <summary>Whether something that can be mounted is on one of them.</summary>
    internal bool Concerns(string mountable, BlockDevices all)
    {
        string device = BtrfsVolume.Device(mountable);
        return kind switch
        {
            Lvm => Array.IndexOf(all.LogicalVolumes, device) >= 0,
            Md => BlockDevices.DiskOf(device, all.Arrays) is var on && (array is null ? Array.IndexOf(all.Arrays, on) >= 0 : on == array),
            Gpt => devices.Contains(BlockDevices.DiskOf(device, all.Disks)),
            _ => devices.Contains(device),
        };
    }

    private static void Add(List<Duplicate> groups, string kind, string? identity, string device)
    {
        if (identity is null)
        {
            return;
        }

        Duplicate? group = groups.Find(d => d.kind == kind && d.identity == identity);
        if (group is null)
        {
            groups.Add(group = new Duplicate(kind, identity));
        }

        group.devices.Add(device);
    }

    private static string? Consequence(string kind) => kind switch
    {
        "ext2" or "ext3" or "ext4" or "crypto_LUKS" or "BitLocker" => "What names it by its UUID may get either.",
        "xfs" => "XFS mounts one of them at a time, and the other only with the option nouuid: "
            + $"{ApiName.Function(nameof(GuestfsHandle.MountOptions))}.",
        "btrfs" => "The kernel may take one for the other: add the disk of one of them alone.",
        Lvm => "LVM takes one of them at most.",
        Md => "One of them at most is part of the array.",
        _ => null,
    };

    private GuestDeviceException Describe(GuestfsHandle g, BlockDevices all)
    {
        // The last is the appliance's own, without a name; another order means that disks came or went since the launch.
        string[] drives = g.DebugDrives();
        bool hasFiles = drives.Length == all.Disks.Length + 1 && drives[^1].StartsWith(' ');
        List<string> named = [];
        foreach (string device in devices)
        {
            int disk = Array.IndexOf(all.Disks, BlockDevices.DiskOf(device, all.Disks));
            named.Add(disk >= 0 && hasFiles && LocalDisk.Parse([drives[disk]]) is [{ } file]
                ? $"{device} ({PrintableText.Line(file.File)})"
                : device);
        }

        if (kind == Lvm)
        {
            Taken = Array.Find(g.AnswerOr(g.Pvs, []), devices.Contains);
        }
        else if (kind == Md)
        {
            FindArray(g, all);
        }

        string what = kind == Gpt
            ? $"have partition tables with the same disk GUID, {identity}: one is a copy of the other. What names a partition by its UUID "
                + "may get either's."
            : $"are of type {kind} and have the same UUID, {identity}: one is a copy of the other. {Consequence(kind)}";
        string others = string.Join(" and ", named)[devices[0].Length..].TrimStart();
        return new GuestDeviceException(devices[0], $"{others} {what}{(Taken is null ? "" : $" {array ?? "It"} has taken {Taken}.")}");
    }

    // guestfs_md_stat has the kernel's names, which are not always libguestfs'; so has what blkid says of a device.
    private void FindArray(GuestfsHandle g, BlockDevices all)
    {
        Dictionary<string, string> byKernel = new(StringComparer.Ordinal);
        foreach (string device in all.Arrays.Length == 0 ? [] : devices)
        {
            byKernel[g.AnswerOr(() => g.Blkid(device), new Dictionary<string, string>()).GetValueOrDefault("DEVNAME", "")] = device;
        }

        foreach (string candidate in all.Arrays)
        {
            foreach (MdStat member in g.AnswerOr(() => g.MdStat(candidate), []))
            {
                // One that has failed is no part of it any more.
                if (!member.Flags.Contains('F', StringComparison.Ordinal) && byKernel.TryGetValue(member.Device, out string? device))
                {
                    (array, Taken) = (candidate, device);
                    return;
                }
            }
        }
    }
}

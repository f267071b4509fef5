// systemd-gpt-auto-generator(8): what systemd mounts of the disk of its root without being told, by the types of the partitions. /usr it
// mounts in an initrd, of which a disk does not tell whether it was asked to (mount.usr=dissect, or by the partition's name); without its
// /usr a guest does not start, so there it is.
using Guestfs.Interop;

namespace Guestfs;

internal static class DiscoverablePartitions
{
    private const string Var = "4d21b016-b534-45c2-a9fb-5c16e091fd2d", Swap = "0657fd6d-a4ab-43c4-84e5-0933c84b4f4f";
    private const string EfiSystem = "c12a7328-f81f-11d2-ba4b-00a0c93ec93b", ExtendedBoot = "bc13c2ff-59e6-4262-a352-b275fd6f7172";
    private const string Generator = "/systemd/system-generators/systemd-gpt-auto-generator";
    private const string Usr = "/usr", NoPath = "none";

    // Bits of a partition's attributes.
    private const ulong NoAutomatic = 1UL << 63, ReadOnly = 1UL << 60, NoBlockProtocol = 1UL << 1;

    /// <summary>What is mounted that way, after what is listed already.</summary>
    internal static List<GuestMountEntry> Find(BlockDevices devices, MountedFiles files, string root, IReadOnlyList<GuestMountEntry> listed)
    {
        List<GuestMountEntry> found = [];
        if (Disk(root, devices) is not { } table)
        {
            return found;
        }

        bool hasExtendedBoot = table.Partitions.Any(p => p.Type == ExtendedBoot);
        TablePartition? usr = NewestUsr(table);
        bool? isActive = null;
        foreach (TablePartition partition in table.Partitions.OrderBy(p => p != usr))
        {
            // Before the guest's files are asked for anything: on most disks there is nothing to be found.
            if (devices.All.FirstOrDefault(d => d.Partition == partition) is not { } device || device.Name == root
                || EncryptedDevices.Clear(device.Name, devices) is not { } clear || clear == root || !IsAutomatic(partition)
                || Path(partition.Type, files, hasExtendedBoot, listed) is not { } path || (path == Usr && partition != usr)
                || listed.Any(IsInstead) || found.Exists(IsInstead)
                || (partition.Type == Var && partition.Uuid != VarUuid(files)))
            {
                continue;
            }

            bool isFree = path == NoPath || files.List(path).Count == 0;
            if (path == Usr && isFree)
            {
                // The generator is in there, if it is not masked.
                isActive = !IsMasked(files);
            }

            isActive ??= (files.IsFile("/usr/lib" + Generator) || files.IsFile("/lib" + Generator)) && !IsMasked(files);
            if (isFree && (isActive is true || path == Usr))
            {
                string name = Name(path);
                found.Add(new GuestMountEntry
                {
                    File = "/run/systemd/generator.late/" + (path == NoPath ? $"dev-{name}.swap" : MountUnits.UnitName(path)),
                    Device = device.Signature is { IsEncrypted: true } ? BlockDevices.Mapper + name : "PARTUUID=" + partition.Uuid,
                    Path = path,
                    Type = path == NoPath ? "swap" : "auto",
                    Options = [(partition.Attributes & ReadOnly) != 0 ? "ro" : "rw"],
                    Mountable = clear,
                });
            }

            bool IsInstead(GuestMountEntry entry) =>
                entry.Path == path || entry.Mountable == clear || (path == NoPath && entry.Type == "swap")
                || (path is "/boot" or "/efi" && entry.Path.StartsWith(path + "/", StringComparison.Ordinal));
        }

        return found;
    }

    /// <summary>What systemd opens under a name because of the type of an encrypted partition, or that partition if it is closed; null if
    /// nothing.</summary>
    internal static string? Opened(string name, BlockDevices devices, string root)
    {
        string device = BtrfsVolume.Device(root);
        if (name == "root")
        {
            return EncryptedDevices.Container(device, devices) is null ? null : device;
        }

        PartitionTable? table = Disk(root, devices);
        TablePartition? partition = name == Name(Usr) && table is not null ? NewestUsr(table)
            : table?.Partitions.FirstOrDefault(p => IsAutomatic(p) && Path(p.Type) is { } path && Name(path) == name);
        return partition is not null && devices.All.FirstOrDefault(d => d.Partition == partition) is { Signature.IsEncrypted: true } found
            ? EncryptedDevices.Clear(found.Name, devices)
            : null;
    }

    // The disk of the root, also if the root is encrypted or a volume of a group on one; of a root on several disks there is none.
    private static PartitionTable? Disk(string root, BlockDevices devices)
    {
        string disk = devices.DiskUnder(BtrfsVolume.Device(root));
        return devices.Tables.FirstOrDefault(t => t.Name == disk && t.Table.IsGpt)?.Table;
    }

    private static bool IsAutomatic(TablePartition partition) =>
        (partition.Attributes & (partition.Type == EfiSystem ? NoBlockProtocol : NoAutomatic)) == 0;

    // Of several the one with the highest version in its name, as systemd-dissect(1) has it: images are updated in turns. Those yet to be
    // written have a name of their own.
    private static TablePartition? NewestUsr(PartitionTable table)
    {
        TablePartition? newest = null;
        foreach (TablePartition partition in table.Partitions)
        {
            if (Path(partition.Type) == Usr && IsAutomatic(partition) && partition.Name != "_empty"
                && (newest is null || ImageVersion.Compare(partition.Name ?? "", newest.Name ?? "") > 0))
            {
                newest = partition;
            }
        }

        return newest;
    }

    // The EFI partition goes where systemd has it since version 254: before, /efi came first, if there was one.
    private static string? Path(string type, MountedFiles files, bool hasExtendedBoot, IReadOnlyList<GuestMountEntry> listed)
    {
        if (type != EfiSystem)
        {
            return Path(type);
        }

        bool isBootFree = !hasExtendedBoot && files.IsDirectory("/boot") && files.List("/boot").Count == 0
            && !listed.Any(entry => entry.Path == "/boot");
        return isBootFree ? "/boot" : files.IsDirectory("/efi") ? "/efi" : null;
    }

    private static string? Path(string type) => type switch
    {
        "933ac7e1-2eb4-4f13-b844-0e14e2aef915" => "/home",
        "3b8f8425-20e0-4f3b-907f-1a25a76f98e8" => "/srv",
        Var => "/var",
        "7ec6f557-3bc5-4aca-b293-16ef5df639d1" => "/var/tmp",
        Swap => NoPath,
        ExtendedBoot => "/boot",

        // Of the processors that have appliances.
        "8484680c-9521-48c6-9c11-b0720656f69e" or "b0e01050-ee5f-4390-949a-9101b17104e9" => Usr,
        _ => null,
    };

    // By which systemd opens an encrypted one.
    private static string Name(string path) => path == NoPath ? "swap" : path[1..].Replace('/', '-');

    private static bool IsMasked(MountedFiles files) => files.LinkTarget("/etc" + Generator) is "/dev/null";

    // So that a disk's /var is not that of another installation.
    private static string? VarUuid(MountedFiles files) =>
        MachineId.Read(files) is { } id ? Uuid(Convert.FromHexString(id), new Guid(Var).ToByteArray(bigEndian: true)) : null;

    /// <summary>The UUID that sd_id128_get_app_specific(3) makes.</summary>
    internal static string Uuid(ReadOnlySpan<byte> key, ReadOnlySpan<byte> application)
    {
        byte[] hash = Sha256.Hmac(key, application);
        hash[6] = (byte)((hash[6] & 0x0f) | 0x40);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true).ToString();
    }
}

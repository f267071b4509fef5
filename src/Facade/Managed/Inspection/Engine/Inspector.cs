namespace Guestfs;

/// <summary>Looks for operating systems with cheap calls: what <c>guestfs_inspect_os</c> finds,
/// without the programs that it starts.</summary>
internal sealed class Inspector(GuestfsHandle g, IReadOnlyList<GuestKey> keys, InspectionSteps steps)
{
    // Containers may have thousands.
    private const int MaxSubvolumes = 100;

    private readonly List<GuestFacts> roots = [];
    private readonly List<GuestFacts> usrs = [];

    /// <summary>The encrypted devices, once the systems were looked for.</summary>
    internal IReadOnlyList<GuestEncryptedDevice> EncryptedDevices { get; private set; } = [];

    /// <summary>What could not be looked into.</summary>
    internal List<GuestfsException> Problems { get; } = [];

    /// <summary>The systems; null if there is what only libguestfs knows, which is then to be asked.</summary>
    internal IReadOnlyList<GuestOperatingSystem>? Find()
    {
        g.UmountAll();
        EncryptedDevices encrypted = new(g, keys);
        BlockDevices devices = encrypted.FindAndOpen();
        EncryptedDevices = Guestfs.EncryptedDevices.List(devices);
        Problems.AddRange(encrypted.Problems(EncryptedDevices));
        foreach (Duplicate duplicate in devices.Duplicates)
        {
            Problems.Add(duplicate.Problem);
        }

        if (devices.HasDynamicDisks)
        {
            return null;
        }

        int done = 0;
        foreach (BlockDevice device in devices.All)
        {
            steps.Begin(device.Name, done++, devices.All.Count);
            if (device.MayBeFilesystem && device.Signature?.Type is not ("swap" or "swsuspend" or "jbd")
                && !device.IsEfiSystem
                && !(device.Signature?.Type == "btrfs" ? LookIntoVolumes(device, devices) : LookInto(device.Name, device, devices)))
            {
                return null;
            }
        }

        foreach (GuestFacts root in roots.Where(r => r.Type == "linux"))
        {
            if (usrs.Find(u => root.Mounts.Exists(m => m.Mountable == u.Root)) is { } usr)
            {
                LinuxRoot.Merge(root, usr);
            }

            root.OsinfoId = Osinfo.OfLinux(root.Distro, root.Version ?? default);
        }

        foreach (Duplicate duplicate in devices.Duplicates)
        {
            roots.FindAll(r => duplicate.Concerns(r.Root, devices) || r.Mounts.Exists(m => duplicate.Concerns(m.Mountable, devices)))
                .ForEach(r => r.Problems.Add(duplicate.Problem));
        }

        return [.. roots.Select(r => r.ToSystem(devices))];
    }

    // The subvolume that is mounted where none is named stands for the device. Snapshots are of some other.
    private bool LookIntoVolumes(BlockDevice device, BlockDevices devices)
    {
        int before = roots.Count;
        Subvolumes? found = null;
        string[] others = [];
        if (!LookInto(device.Name, device, devices, () =>
            {
                found = Subvolumes.OfMounted(g, devices);
                others = OtherVolumes(device.Name, found, devices);
            }))
        {
            return false;
        }

        int done = 0;
        foreach (string name in others)
        {
            steps.Begin(BtrfsVolume.Name(device.Name, name), done++, others.Length);
            if (!LookInto(BtrfsVolume.Name(device.Name, name), device, devices))
            {
                return false;
            }
        }

        string[] snapshots = found?.Snapshots ?? [];
        if (roots.Count > before)
        {
            Distribute(before, device.Name, snapshots);
            return true;
        }

        // A disk of snapshots alone.
        return snapshots.Take(MaxSubvolumes).All(name => LookInto(BtrfsVolume.Name(device.Name, name), device, devices));
    }

    // Those that are worth mounting: where all subvolumes are directories of what is mounted, their names tell.
    private string[] OtherVolumes(string device, Subvolumes found, BlockDevices devices)
    {
        if (found.Others.Length > MaxSubvolumes)
        {
            g.Events.Warn($"{device} has {found.Others.Length} subvolumes, of which the first {MaxSubvolumes} are inspected.");
        }

        return [.. found.Others.Take(MaxSubvolumes).Where(v => !found.TopIsMounted || Holds(v))];

        bool Holds(string subvolume)
        {
            MountedFiles files = new(g, "/" + subvolume);
            return new FilesystemRole(files, new WindowsRoot(g, devices, files)).Find() != FilesystemKind.Other || files.Problems.Count > 0;
        }
    }

    // Where there are several systems on one device, the first has them: which is whose is not in their names.
    private void Distribute(int first, string device, string[] snapshots) =>
        roots[first].Snapshots.AddRange(snapshots.Select(s => BtrfsVolume.Name(device, s)));

    /// <summary>Mounts a filesystem and says what it is.</summary>
    /// <returns>False if only libguestfs knows.</returns>
    private bool LookInto(string mountable, BlockDevice device, BlockDevices devices, Action? whenMounted = null)
    {
        try
        {
            Mount(mountable, device.Signature?.Type);
        }
        catch (GuestfsException e) when (g.State == GuestfsState.Ready)
        {
            if (device.Signature is { } known)
            {
                g.Events.Warn($"{mountable}, of type {known.Type}, is not inspected: {e.Message}");
            }

            return true;
        }

        try
        {
            whenMounted?.Invoke();
            return Look(mountable, devices);
        }
        finally
        {
            if (g.State == GuestfsState.Ready)
            {
                g.UmountAll();
            }
        }
    }

    private void Mount(string mountable, string? type)
    {
        if (type is "btrfs" or "ext2" or "ext3" or "ext4" or "vfat" or "xfs")
        {
            // So nobody in the appliance needs to find that out again.
            g.MountVfs("ro", type, mountable, "/");
            return;
        }

        if (type != "ufs")
        {
            g.MountRo(mountable, "/");
            return;
        }

        // FreeBSD's, or else that of the others.
        try
        {
            g.MountVfs("ro,ufstype=ufs2", "ufs", mountable, "/");
        }
        catch (GuestfsException) when (g.State == GuestfsState.Ready)
        {
            g.MountVfs("ro,ufstype=44bsd", "ufs", mountable, "/");
        }
    }

    private bool Look(string mountable, BlockDevices devices)
    {
        MountedFiles files = new(g);
        FilesystemRole role = new(files, new WindowsRoot(g, devices, files));
        GuestFacts facts = new() { Root = mountable };
        switch (role.Find())
        {
            case FilesystemKind.Linux:
                new LinuxRoot(g, devices, files).ReadRoot(facts);
                roots.Add(facts);
                break;
            case FilesystemKind.LinuxUsr:
                new LinuxRoot(g, devices, files).ReadUsr(facts);
                usrs.Add(facts);
                break;
            case FilesystemKind.Windows:
                new WindowsRoot(g, devices, files).Read(role.SystemRoot!, facts);
                roots.Add(facts);
                break;
            case FilesystemKind.Foreign:
                return false;
        }

        facts.Problems.AddRange(files.Problems);
        return true;
    }
}

/// <summary>The subvolumes of a btrfs that is mounted.</summary>
internal sealed class Subvolumes
{
    private const long Top = 5;

    /// <summary>Whether all of them are directories of what is mounted.</summary>
    internal bool TopIsMounted { get; private init; }

    internal string[] Snapshots { get; private init; } = [];

    /// <summary>Those that are no snapshots, without the one that is mounted where none is named.</summary>
    internal string[] Others { get; private init; } = [];

    // Asks about what is mounted, which costs less than naming the device: that is mounted once more for each question.
    internal static Subvolumes OfMounted(GuestfsHandle g, BlockDevices devices)
    {
        BtrfsSubvolume[] all = devices.Ask(() => g.BtrfsSubvolumeList("/")) ?? [];
        long? first = all.Length == 0 ? Top : devices.Ask<object>(() => g.BtrfsSubvolumeGetDefault("/")) as long?;
        string[] paths = [.. all.Where(v => (long)v.Id != first).Select(v => v.Path)];
        return new Subvolumes
        {
            TopIsMounted = first == Top,
            Snapshots = [.. paths.Where(IsSnapshot)],
            Others = [.. paths.Where(p => !IsSnapshot(p))],
        };
    }

    // Snapper's and Timeshift's.
    private static bool IsSnapshot(string path)
    {
        string[] parts = path.Split('/');
        return (parts.Length >= 3 && parts[^1] == "snapshot" && parts[^3] == ".snapshots" && parts[^2].All(char.IsAsciiDigit))
            || parts is ["timeshift-btrfs", "snapshots" or "snapshots-ondemand" or "snapshots-boot" or "snapshots-daily"
                or "snapshots-weekly" or "snapshots-monthly" or "snapshots-hourly", ..];
    }
}

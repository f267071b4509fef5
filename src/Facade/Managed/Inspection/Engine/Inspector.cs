namespace Guestfs;

/// <summary>Looks for operating systems with cheap calls: what <c>guestfs_inspect_os</c> finds,
/// without the programs that it starts.</summary>
internal sealed class Inspector(GuestfsHandle g, IReadOnlyList<GuestKey> keys, bool includeSnapshots, InspectionSteps steps)
{
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
        Problems.AddRange(devices.Problems);
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
                && !device.IsEfiSystem && !IsFurtherPart(device, devices) && (device.Origin is null || includeSnapshots)
                && !(device.Signature?.Type == "btrfs" ? LookIntoVolumes(device, devices) : LookInto(device.Name, device, devices)))
            {
                return null;
            }
        }

        foreach (BlockDevice device in devices.All)
        {
            if (device.Origin is { } origin)
            {
                roots.Find(r => r.Root == origin)?.Snapshots.Add(device.Name);
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

    // Any device of a btrfs on several stands for all of it; a copy is another one.
    private static bool IsFurtherPart(BlockDevice device, BlockDevices devices) => device.Signature is { Type: "btrfs" } part
        && devices.All.TakeWhile(d => d != device)
            .Any(d => d.Signature is { Type: "btrfs" } other && other.Uuid == part.Uuid && other.Identity != part.Identity);

    // The subvolume that is mounted where none is named stands for the device.
    private bool LookIntoVolumes(BlockDevice device, BlockDevices devices)
    {
        int before = roots.Count;
        Subvolumes volumes = new(g, devices, device.Name);
        if (!LookInto(device.Name, device, devices, () => volumes.Find(roots.Count > before)))
        {
            return false;
        }

        int done = 0;
        List<string> candidates = volumes.Candidates();
        foreach (string name in candidates)
        {
            steps.Begin(BtrfsVolume.Name(device.Name, name), done++, candidates.Count);
            if (!LookInto(BtrfsVolume.Name(device.Name, name), device, devices))
            {
                return false;
            }
        }

        // Where there are several systems on one device, the first has them. There may be none on a disk of snapshots alone.
        bool hasSystem = roots.Count > before;
        if (hasSystem)
        {
            roots[before].Snapshots.AddRange(volumes.Snapshots.ConvertAll(s => BtrfsVolume.Name(device.Name, s)));
        }

        return (hasSystem && !includeSnapshots)
            || volumes.Snapshots.Take(Subvolumes.Most).All(name => LookInto(BtrfsVolume.Name(device.Name, name), device, devices));
    }

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
                string? help = KernelMountLine.Remedy(g, mountable, mountable);
                Problems.Add(new GuestDeviceException(
                    mountable,
                    $"is of type {known.Type}, and cannot be looked into: {e.Message}{(help is null ? "" : "\n" + help)}",
                    e));
            }

            return true;
        }

        try
        {
            bool isKnown = Look(mountable, devices);
            whenMounted?.Invoke();
            return isKnown;
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

        if (facts.Type is not null)
        {
            facts.Problems.AddRange(files.Problems);
            return true;
        }

        // Without what it tells, it may be a system or not.
        foreach (GuestfsException problem in files.Problems)
        {
            Problems.Add(new GuestDeviceException(mountable, $"holds no system as far as it can be read: {problem.Message}", problem));
        }

        return true;
    }
}

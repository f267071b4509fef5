using Guestfs.Interop;

namespace Guestfs;

/// <summary>Mounts a guest as it mounts itself.</summary>
internal sealed class GuestMounter(GuestfsHandle g, GuestOperatingSystem os, bool readOnly, IReadOnlyList<GuestKey> keys)
{
    private readonly List<GuestMountpoint> mounted = [];
    private readonly List<GuestMountFailure> failed = [];

    // Known where something may have been opened.
    private FstabDevices? opened;

    internal GuestMountReport MountAll()
    {
        BlockDevices? devices = keys.Count == 0 ? null : new EncryptedDevices(g, keys).FindAndOpen();
        MountRoot();
        try
        {
            opened = devices is null ? null : new FstabDevices(g, devices, new MountedFiles(g), os.Root);
            MountOthers();
        }
        catch
        {
            // Not the half of a guest, and the first exception tells more than one of this.
            if (g.State == GuestfsState.Ready)
            {
                g.UmountAll();
            }

            throw;
        }

        return new GuestMountReport(mounted, failed);
    }

    private void MountRoot()
    {
        GuestMountpoint root = new("/", os.Root, g.FilesystemType(os.Root));
        if (TryMount(root) is { } failure)
        {
            throw new GuestfsException(
                failure.Exception.Operation,
                failure.Exception.Errno,
                failure.Exception.Message.Contains(failure.Remedy, StringComparison.Ordinal)
                    ? failure.Exception.Message
                    : $"{failure.Exception.Message}\n{failure.Remedy}",
                failure.Exception);
        }

        mounted.Add(root);
    }

    private void MountOthers()
    {
        foreach (GuestMountpoint mountpoint in os.Mountpoints.Where(m => m.Path != "/").OrderBy(m => m.Path.Length))
        {
            GuestMountpoint current = Opened(mountpoint);
            if (TryMount(current) is { } reason)
            {
                failed.Add(reason);
            }
            else
            {
                mounted.Add(current);
            }
        }
    }

    // What was closed when the guest was inspected has only the guest's own name for it.
    private GuestMountpoint Opened(GuestMountpoint mountpoint) =>
        mountpoint.Mountable.StartsWith("/dev/mapper/", StringComparison.Ordinal)
        && opened?.Resolve(mountpoint.Mountable) is { } mapping && mapping != mountpoint.Mountable
            ? mountpoint with { Mountable = mapping, FilesystemType = g.FilesystemType(mapping) }
            : mountpoint;

    private GuestMountFailure? TryMount(GuestMountpoint mountpoint)
    {
        try
        {
            if (readOnly)
            {
                g.MountRo(mountpoint.Mountable, mountpoint.Path);
            }
            else
            {
                g.Mount(mountpoint.Mountable, mountpoint.Path);
            }

            return null;
        }
        catch (GuestfsException e) when (g.State == GuestfsState.Ready)
        {
            mountpoint = IsClosed(mountpoint) ? mountpoint with { FilesystemType = "crypto_LUKS" } : mountpoint;
            string remedy = e.Errno == Libc.EROFS && !readOnly
                ? MountRemedy.ForReadOnly(mountpoint.Mountable, mountpoint.FilesystemType)
                : MountRemedy.For(g, mountpoint, readOnly);
            return new GuestMountFailure(mountpoint, e, remedy);
        }
    }

    // A name that the guest itself opens an encrypted device by.
    private bool IsClosed(GuestMountpoint mountpoint)
    {
        const string Mapper = "/dev/mapper/";
        return mountpoint.FilesystemType is null && mountpoint.Mountable.StartsWith(Mapper, StringComparison.Ordinal)
            && mounted.Count > 0
            && Fstab.ReadCrypttab(new MountedFiles(g)).Any(c => c.Name == mountpoint.Mountable[Mapper.Length..]);
    }
}

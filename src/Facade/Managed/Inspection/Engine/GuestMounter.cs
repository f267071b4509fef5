using Guestfs.Interop;

namespace Guestfs;

/// <summary>Mounts a guest as it mounts itself, and says what became of each line of its fstab.</summary>
internal sealed class GuestMounter(
    GuestfsHandle g, GuestOperatingSystem os, bool readOnly, IReadOnlyList<GuestKey> keys, InspectionSteps steps)
{
    private readonly List<GuestMountpoint> mounted = [];
    private readonly List<GuestMountFailure> failed = [];

    // Of what is mounted from a device, by the directory.
    private readonly Dictionary<string, GuestMountResult> results = new(StringComparer.Ordinal);

    // Known where something may have been opened.
    private FstabDevices? opened;
    private HashSet<string>? encrypted;

    internal GuestMountReport MountAll()
    {
        steps.Begin("/", 0, os.Mountpoints.Count + 1);
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

        return new GuestMountReport(mounted, failed) { Results = Results() };
    }

    private void MountRoot()
    {
        GuestMountpoint root = new("/", os.Root, g.FilesystemType(os.Root));
        if (TryMount(root) is { } e)
        {
            Explain(root, e, out string remedy);
            throw new GuestfsException(
                e.Operation,
                e.Errno,
                e.Message.Contains(remedy, StringComparison.Ordinal) ? e.Message : $"{e.Message}\n{remedy}",
                e);
        }

        mounted.Add(root);
    }

    private void MountOthers()
    {
        Dictionary<string, GuestMountEntry> entries = new(StringComparer.Ordinal);
        foreach (GuestMountEntry entry in os.MountEntries)
        {
            if (MountEntryKind.Find(entry) is null && entry.Path.StartsWith('/'))
            {
                // The first of two lines.
                entries[entry.Path] = entries.TryGetValue(entry.Path, out GuestMountEntry? first)
                    && MountUnits.Precedence(first) <= MountUnits.Precedence(entry) ? first : entry;
            }
        }

        List<GuestMountpoint> wanted = [];
        HashSet<string> listed = new(StringComparer.Ordinal) { "/" };
        foreach (GuestMountpoint mountpoint in os.Mountpoints)
        {
            if (listed.Add(mountpoint.Path))
            {
                wanted.Add(mountpoint);
            }
        }

        foreach (GuestMountEntry entry in entries.Values)
        {
            // What no device was found for, or is not mounted by itself, is no mountpoint of the guest, but must not be passed over.
            if ((entry.Mountable is null || !entry.IsAutomatic) && listed.Add(entry.Path))
            {
                wanted.Add(new GuestMountpoint(entry.Path, entry.Mountable ?? entry.Device, null));
            }
        }

        wanted.Sort((a, b) => a.Path.Length != b.Path.Length
            ? a.Path.Length.CompareTo(b.Path.Length)
            : string.CompareOrdinal(a.Path, b.Path));
        for (int i = 0; i < wanted.Count; i++)
        {
            GuestMountpoint mountpoint = wanted[i];
            steps.Begin(mountpoint.Path, i + 1, wanted.Count + 1);
            entries.TryGetValue(mountpoint.Path, out GuestMountEntry? entry);
            if (entry is { IsMasked: true })
            {
                results[mountpoint.Path] = new GuestMountResult(
                    entry,
                    GuestMountOutcome.NotAutomatic,
                    $"The guest never mounts it: its unit {PrintableText.Line(MountUnits.UnitName(entry.Path))} is masked.");
            }
            else if (entry is { IsAutomatic: false })
            {
                results[mountpoint.Path] = new GuestMountResult(
                    entry,
                    GuestMountOutcome.NotAutomatic,
                    $"The guest mounts {PrintableText.Line(mountpoint.Mountable)} only when somebody asks it to: "
                    + $"{ApiName.Function(readOnly ? nameof(GuestfsHandle.MountRo) : nameof(GuestfsHandle.Mount))} does it here.");
            }
            else
            {
                Mount(Opened(mountpoint), entry);
            }
        }
    }

    // What was closed when the guest was inspected has only the guest's own name for it.
    private GuestMountpoint Opened(GuestMountpoint mountpoint) =>
        opened?.Opened(mountpoint.Mountable) is { } mapping && mapping != mountpoint.Mountable
            ? mountpoint with { Mountable = mapping, FilesystemType = g.FilesystemType(mapping) }
            : mountpoint;

    private void Mount(GuestMountpoint mountpoint, GuestMountEntry? entry)
    {
        GuestMountOutcome outcome = GuestMountOutcome.Mounted;
        string text = $"{PrintableText.Line(mountpoint.Mountable)} is mounted.";
        if (TryMount(mountpoint) is { } e)
        {
            outcome = Explain(mountpoint, e, out text);
            if (entry is not { IsOptional: true } || outcome != GuestMountOutcome.DeviceMissing)
            {
                failed.Add(new GuestMountFailure(mountpoint, e, text));
            }
            else
            {
                text += " The guest starts without it, too.";
            }
        }
        else
        {
            mounted.Add(mountpoint);
        }

        if (entry is not null)
        {
            results[mountpoint.Path] = new GuestMountResult(entry, outcome, text);
        }
    }

    private GuestfsException? TryMount(GuestMountpoint mountpoint)
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
            return e;
        }
    }

    private GuestMountOutcome Explain(GuestMountpoint mountpoint, GuestfsException e, out string remedy)
    {
        string device = PrintableText.Line(mountpoint.Mountable);
        if (mountpoint.FilesystemType is "crypto_LUKS" or "BitLocker" || IsClosed(mountpoint))
        {
            remedy = $"{device} is encrypted: give a key for it with "
                + $"{ApiName.Option(nameof(InspectOptions), nameof(InspectOptions.Keys))}, or to "
                + $"{ApiName.Function(nameof(GuestfsHandle.MountAll), "guest_os_mount_opts")}.";
            return GuestMountOutcome.Encrypted;
        }

        if (mountpoint.FilesystemType is null && !MountRemedy.IsDevice(g, mountpoint.Mountable))
        {
            remedy = $"{device} is not on the disks that were added. Add the missing disk before "
                + $"{ApiName.Function(nameof(GuestfsHandle.Launch))}; if the guest's /etc/fstab is out of date, mount the right one of "
                + $"{ApiName.Function(nameof(GuestfsHandle.ListFilesystems))}.";
            return GuestMountOutcome.DeviceMissing;
        }

        if (mountpoint.Path != "/" && !MountRemedy.IsDirectory(g, mountpoint.Path))
        {
            remedy = $"The guest has no directory {PrintableText.Line(mountpoint.Path)}: mount {device} on another one, or make it "
                + "(writable).";
            return GuestMountOutcome.DirectoryMissing;
        }

        remedy = e.Errno == Libc.EROFS && !readOnly
            ? MountRemedy.ForReadOnly(mountpoint.Mountable, mountpoint.FilesystemType)
            : MountRemedy.For(g, mountpoint, readOnly);
        return GuestMountOutcome.Failed;
    }

    // A name that the guest itself opens an encrypted device by.
    private bool IsClosed(GuestMountpoint mountpoint)
    {
        bool isMapping = mountpoint.FilesystemType is null
            && mountpoint.Mountable.StartsWith(BlockDevices.Mapper, StringComparison.Ordinal);
        if (!isMapping || mounted.Count == 0)
        {
            return false;
        }

        if (encrypted is null)
        {
            encrypted = new HashSet<string>(StringComparer.Ordinal);
            foreach ((string name, _) in Fstab.ReadCrypttab(new MountedFiles(g)))
            {
                encrypted.Add(name);
            }
        }

        return encrypted.Contains(mountpoint.Mountable[BlockDevices.Mapper.Length..]);
    }

    private List<GuestMountResult> Results()
    {
        List<GuestMountResult> all = [];
        foreach (GuestMountEntry entry in os.MountEntries)
        {
            results.TryGetValue(entry.Path, out GuestMountResult? result);
            all.Add(MountEntryKind.Find(entry) is { } kind ? new GuestMountResult(entry, kind, Text(entry, kind))
                : entry.Path == "/" && result is null && entry.IsAutomatic ? Root(entry)
                : result is not null && ReferenceEquals(result.Entry, entry) ? result
                : new GuestMountResult(
                    entry,
                    GuestMountOutcome.Superseded,
                    result is null && entry.Path != "/"
                        ? "It is not among the mountpoints that were asked for."
                        : $"Another entry mounts {PrintableText.Line(entry.Path)}."));
        }

        return all;
    }

    private GuestMountResult Root(GuestMountEntry entry)
    {
        string root = PrintableText.Line(os.Root);
        GuestMountResult result = new(
            entry,
            GuestMountOutcome.Mounted,
            entry.Mountable is null || entry.Mountable == os.Root
                ? $"{root} is mounted."
                : $"{root} is mounted, on which the system was found, and not {PrintableText.Line(entry.Mountable)}.");
        results["/"] = result;
        return result;
    }

    private static string Text(GuestMountEntry entry, GuestMountOutcome kind)
    {
        string device = PrintableText.Line(entry.Device);
        string path = PrintableText.Line(entry.Path);
        return kind switch
        {
            GuestMountOutcome.Swap => $"{device} is swap.",
            GuestMountOutcome.Network => $"{device} is on another machine.",
            GuestMountOutcome.KernelFilesystem => $"The kernel of the guest makes what is in {path}, or keeps it in memory.",
            GuestMountOutcome.Bind => $"{path} shows what is in {device}: read it there.",
            GuestMountOutcome.Overlay => $"{path} is made of the directories that its options name: read them there.",
            GuestMountOutcome.ImageFile =>
                $"{device} is a file of the guest: {ApiName.Function(nameof(GuestfsHandle.MountLoop))} mounts it.",
            _ => $"{device} is a floppy disk or a CD-ROM.",
        };
    }
}

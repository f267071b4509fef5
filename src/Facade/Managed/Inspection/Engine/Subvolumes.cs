namespace Guestfs;

/// <summary>The subvolumes of a btrfs: which of them may hold a system, and which are snapshots of another.</summary>
internal sealed class Subvolumes(GuestfsHandle g, BlockDevices devices, string device)
{
    /// <summary>How many are looked into: containers may have thousands.</summary>
    internal const int Most = 100;

    private const long Top = 5;

    private readonly List<string> others = [];
    private readonly List<string> candidates = [];
    private long? first = Top;
    private string? ownUuid;

    internal List<string> Snapshots { get; } = [];

    /// <summary>Lists those of a device that is mounted.</summary>
    /// <param name="isSystem">Whether what is mounted, where no subvolume is named, is a system.</param>
    internal void Find(bool isSystem)
    {
        // Of what is mounted, which costs less than naming the device: that is mounted once more for each question.
        BtrfsSubvolume[] all = g.AnswerOr(() => g.BtrfsSubvolumeList("/"), []);
        if (all.Length == 0)
        {
            return;
        }

        first = g.AnswerOr<long?>(() => g.BtrfsSubvolumeGetDefault("/"), null);
        foreach (BtrfsSubvolume volume in all)
        {
            if ((long)volume.Id != first)
            {
                (IsSnapshot(volume.Path) ? Snapshots : others).Add(volume.Path);
            }
        }

        if (others.Count > Most)
        {
            g.Events.Warn($"{device} has {others.Count} subvolumes, of which the first {Most} are inspected.");
            others.RemoveRange(Most, others.Count - Most);
        }

        ownUuid = isSystem && others.Count > 0 ? Show("/", "UUID") : null;
        if (first == Top)
        {
            LookBelowTop();
        }
    }

    /// <summary>Those that are worth mounting.</summary>
    internal List<string> Candidates()
    {
        if (first == Top || others.Count < 2)
        {
            return first == Top ? candidates : others;
        }

        try
        {
            g.MountVfs("ro,subvolid=5", "btrfs", device, "/");
            LookBelowTop();
            g.UmountAll();
            return candidates;
        }
        catch (GuestfsException) when (g.State == GuestfsState.Ready)
        {
            g.UmountAll();
            return others;
        }
    }

    // All subvolumes are directories there, and their names tell. One that was made of another that is a system, too, is its snapshot,
    // whatever it is called.
    private void LookBelowTop()
    {
        candidates.AddRange(others.FindAll(HoldsSystem));
        if (candidates.Count + (ownUuid is null ? 0 : 1) < 2)
        {
            return;
        }

        List<string> uuids = candidates.ConvertAll(c => Show("/" + c, "UUID") ?? "");
        List<string> parents = candidates.ConvertAll(c => Show("/" + c, "Parent UUID") ?? "-");
        List<string> made = [];
        for (int i = 0; i < candidates.Count; i++)
        {
            if (parents[i] == ownUuid || uuids.Contains(parents[i]))
            {
                made.Add(candidates[i]);
            }
        }

        candidates.RemoveAll(made.Contains);
        Snapshots.AddRange(made);
    }

    private bool HoldsSystem(string subvolume)
    {
        MountedFiles files = new(g, "/" + subvolume);
        return new FilesystemRole(files, new WindowsRoot(g, devices, files)).Find() != FilesystemKind.Other || files.Problems.Count > 0;
    }

    private string? Show(string path, string what) =>
        g.AnswerOr<string?>(() => g.BtrfsSubvolumeShow(path).GetValueOrDefault(what), null);

    // Snapper's, Timeshift's and those of apt-btrfs-snapshot.
    private static bool IsSnapshot(string path)
    {
        string[] parts = path.Split('/');
        return (parts is [.., ".snapshots", var number, "snapshot"] && !number.AsSpan().ContainsAnyExceptInRange('0', '9'))
            || parts is ["timeshift-btrfs", "snapshots" or "snapshots-ondemand" or "snapshots-boot" or "snapshots-daily"
                or "snapshots-weekly" or "snapshots-monthly" or "snapshots-hourly", ..]
            || parts[0].StartsWith("@apt-snapshot-", StringComparison.Ordinal);
    }
}

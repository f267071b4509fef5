// A handle from the command line to the mounted guest, for all commands: disks added, appliance running, filesystems mounted.
using System.CommandLine;

namespace Guestfs.Cli.Guests;

/// <summary>A running appliance with the disks that were named.</summary>
internal sealed class GuestSession : IDisposable
{
    private readonly GuestRequest request;
    private readonly List<SnapshotServer> snapshots = [];
    private GuestInspection? inspected;
    private bool hasNothing, hasEnded;

    private GuestSession(GuestRequest request, bool writes, GuestfsHandle guestfs) =>
        (this.request, Writes, Guestfs) = (request, writes, guestfs);

    internal GuestfsHandle Guestfs { get; }

    /// <summary>The system whose filesystems are mounted; null where there is none, or where options say what is mounted.</summary>
    internal GuestOperatingSystem? System { get; private set; }

    /// <summary>The files and devices that the disks are in, but for those of a machine of libvirt.</summary>
    internal IEnumerable<string> DiskFiles => request.Disks.Select(disk => disk.File);

    /// <summary>Whether options say which filesystems are meant.</summary>
    internal bool IsLimited => request.Inspects || request.Mounts.Count > 0 || request.Root is not null;

    /// <summary>Whether other commands use it, too.</summary>
    internal bool IsShared { get; set; }

    /// <summary>Whether the command that uses it writes to the disks: of a script that does, not each.</summary>
    internal bool Writes { get; set; }

    /// <summary>How many times something was left out, of which the user was told.</summary>
    internal int LeftCount { get; private set; }

    /// <summary>Where the guest has filesystems that are not mounted; null where options say what is mounted.</summary>
    internal MissingMounts? Missing { get; private set; }

    /// <summary>Adds the disks and launches.</summary>
    /// <param name="request">The disks, and how they are opened.</param>
    /// <param name="writes">Whether the command writes to them.</param>
    /// <param name="cancellationToken">Ends the launch.</param>
    internal static async Task<GuestSession> OpenAsync(GuestRequest request, bool writes, CancellationToken cancellationToken)
    {
        using ProgressBar bar = new();
        GuestfsHandle g = request.Appliance.CreateHandle(bar);
        GuestSession session = new(request, writes, g);
        try
        {
            session.AddDisks();
            await bar.WhileAsync(g.LaunchAsync(cancellationToken: cancellationToken), "starting the appliance").ConfigureAwait(false);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>What systems are on the disks. Problems are told.</summary>
    internal async Task<GuestInspection> InspectAsync(CancellationToken cancellationToken)
    {
        using ProgressBar bar = new();
        GuestInspection found = await bar.WhileAsync(
            Guestfs.InspectAsync(new InspectOptions { Keys = request.Keys }, cancellationToken: cancellationToken),
            "looking what is on the disks").ConfigureAwait(false);
        foreach (GuestfsException problem in found.Problems.Concat(found.SelectMany(os => os.Problems)).DistinctBy(p => p.Message))
        {
            Messages.Warn(problem.Message);
        }

        return found;
    }

    /// <summary>Those of the systems that are meant.</summary>
    internal IReadOnlyList<GuestOperatingSystem> Choose(GuestInspection found) => request.Root is null ? found : [FindRoot(found)];

    /// <summary>Opens encrypted devices, if there are keys for them.</summary>
    internal async Task UnlockAsync(CancellationToken cancellationToken)
    {
        if (request.Keys.Count > 0)
        {
            GuestInspection found = await InspectAsync(cancellationToken).ConfigureAwait(false);

            // Such as a key that opens nothing.
            LeftCount += found.Problems.Count;
        }
    }

    /// <summary>Mounts what options say, or what the guest mounts.</summary>
    /// <returns>What is mounted.</returns>
    internal async Task<IReadOnlyList<GuestMountpoint>> MountAsync(CancellationToken cancellationToken)
    {
        if (request.Mounts.Count > 0)
        {
            await UnlockAsync(cancellationToken).ConfigureAwait(false);
            await Guestfs.RunAsync(MountChosen, cancellationToken: cancellationToken).ConfigureAwait(false);
            return [.. request.Mounts.Select(mount => new GuestMountpoint(mount.Path, mount.Device, mount.Type))];
        }

        inspected ??= await InspectAsync(cancellationToken).ConfigureAwait(false);
        System = ChooseOne(inspected);
        if (System is null && request.Inspects)
        {
            throw new UsageException("There is no system on these disks: leave out --inspect, or choose a filesystem with --mount.");
        }

        if (System is null)
        {
            return [await Guestfs.RunAsync(MountOnlyFilesystem, cancellationToken: cancellationToken).ConfigureAwait(false)];
        }

        GuestMountReport report = await Guestfs.MountAllAsync(System, !Writes, request.Keys, cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        Missing = new MissingMounts(Guestfs, report);
        foreach (GuestMountFailure failure in report.Failed)
        {
            Leave($"{failure.Mountpoint.Path} is not mounted: {failure.Exception.Message} {failure.Remedy}");
        }

        return report.Mounted;
    }

    /// <summary>Tells the user of something that is left out.</summary>
    /// <param name="text">What, and why.</param>
    /// <param name="exception">What else is known of it.</param>
    internal void Leave(string text, Exception? exception = null)
    {
        LeftCount++;
        Messages.Error(text, ExitCode.Partly, exception);
    }

    /// <summary>What was looked for is not there.</summary>
    /// <param name="text">What the user is told; null for nothing.</param>
    internal void FoundNothing(string? text = null)
    {
        hasNothing = true;
        if (text is not null)
        {
            Messages.Error(text, ExitCode.Different);
        }
    }

    /// <summary>Does something with each path of the guest that was named. Where there are several, one with which it cannot be done is
    /// told, and the others are not left out for its sake.</summary>
    /// <param name="paths">As the user wrote them.</param>
    /// <param name="work">Does it, with the path as libguestfs takes it.</param>
    internal void ForEach(string[] paths, Action<string> work)
    {
        int failures = 0;
        foreach (string path in paths)
        {
            try
            {
                work(GuestPath.Resolve(this, path));
            }
            catch (GuestfsException e) when (Guestfs.State == GuestfsState.Ready)
            {
                if (++failures == paths.Length)
                {
                    // Then it is the command that has failed.
                    throw;
                }

                Leave(e.Message, e);
            }
        }
    }

    /// <summary>Makes sure that a path leads to where the guest has it, and warns where a command that only reads finds something else
    /// there.</summary>
    /// <exception cref="GuestfsException">The command writes, and the guest would not find it.</exception>
    internal void CheckMounted(string path) => Missing?.Check(path, Writes);

    /// <summary>Ends the appliance of a command that goes on without it.</summary>
    internal async Task EndAsync()
    {
        if (IsShared)
        {
            throw new UsageException("In a script the appliance is there for the other commands, too: it cannot be ended by one.");
        }

        if (!hasEnded)
        {
            hasEnded = true;
            await Guestfs.ShutdownAsync().ConfigureAwait(false);
            await Guestfs.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>A new appliance with the disks as they are now.</summary>
    internal Task<GuestSession> OpenAgainAsync(CancellationToken cancellationToken) => OpenAsync(request, Writes, cancellationToken);

    /// <summary>Ends the session: what was written is on the disks then, or an exception says that it is not.</summary>
    /// <param name="cancellationToken">Ends waiting for what only makes later commands faster.</param>
    /// <returns>The exit code.</returns>
    internal async Task<int> CloseAsync(CancellationToken cancellationToken)
    {
        IsShared = false;
        Task saved = Guestfs.WaitUntilSavedAsync(cancellationToken);
        await EndAsync().ConfigureAwait(false);
        using ProgressBar bar = new();
        await bar.WhileAsync(saved, "saving the appliance, to be resumed next time")
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        // What was not looked at may be where it is.
        return LeftCount > 0 ? ExitCode.Partly : hasNothing ? ExitCode.Different : ExitCode.Done;
    }

    public void Dispose()
    {
        Guestfs.Dispose();
        snapshots.ForEach(server => server.Dispose());
        snapshots.Clear();
    }

    private void AddDisks()
    {
        if (request.Snapshot is not null && (Writes || request.Domain is not null))
        {
            throw new UsageException(Writes
                ? "A snapshot is not written to: leave out --snapshot, or make a disk of it with 'qemu-img convert -l'."
                : "--snapshot is for disks that are named as files.");
        }

        foreach (DiskName named in request.Disks)
        {
            DiskName disk = named;
            if (request.Snapshot is { } snapshot)
            {
                snapshots.Add(SnapshotServer.Start(named, snapshot));
                disk = snapshots[^1].Disk;
            }

            string? format = disk.FindFormat();
            if (Writes && disk.Remote is null && HostUse.Find(new LocalDisk(disk.File, format, IsReadOnly: false)) is { } use)
            {
                throw use.ToException("add_drive");
            }

            Guestfs.AddDrive(
                disk.Remote?.Path ?? disk.File,
                new AddDriveOptions
                {
                    Format = format, ReadOnly = !Writes, BlockSize = request.BlockSize,
                    Protocol = disk.Remote?.Protocol,
                    Server = disk.Remote?.Server is { } server ? [server] : null, Username = disk.Remote?.User,
                    Secret = disk.Remote?.Secret,
                    Discard = request.Discards ? "enable" : null,
                });
        }

        if (request.Domain is { } domain)
        {
            AddDomain(domain);
        }
    }

    private void AddDomain(string domain)
    {
        LibvirtMessages.Silence();
        try
        {
            Guestfs.AddDomain(domain, new AddDomainOptions { ReadOnly = !Writes });
        }
        catch (GuestfsException e) when (e is not GuestfsDiskException)
        {
            const string Remedy =
                "'virsh list --all' shows the machines that there are; where libvirt does not run, name the disks as files.";
            throw new GuestfsDiskException(
                e.Operation, e.Errno, $"The disks of the machine {domain} cannot be had: {e.Message.TrimEnd('.')}. {Remedy}",
                DiskProblem.Other, domain, domain, Remedy);
        }
    }

    private void MountChosen(GuestfsHandle g)
    {
        foreach (MountChoice mount in request.Mounts)
        {
            string options = string.Join(',', ((string[])[Writes ? "" : "ro", mount.Options]).Where(part => part.Length > 0));
            if (mount.Type is { } type)
            {
                g.MountVfs(options, type, mount.Device, mount.Path);
            }
            else
            {
                g.MountOptions(options, mount.Device, mount.Path);
            }
        }
    }

    private GuestOperatingSystem? ChooseOne(GuestInspection found) => Choose(found) switch
    {
        [] => null,
        [var only] => only,
        _ => throw new UsageException($"There is more than one system: choose with --root {RootsOf(found)}."),
    };

    private GuestOperatingSystem FindRoot(GuestInspection found) =>
        found.FirstOrDefault(os => os.Root == request.Root) ?? throw new UsageException(
            $"There is no system on {request.Root}. "
            + (found.Count == 0 ? "There is none on these disks." : $"There is one on {RootsOf(found)}."));

    private static string RootsOf(GuestInspection found) => string.Join(" or ", found.Select(os => os.Root));

    // A disk of data without a system.
    private GuestMountpoint MountOnlyFilesystem(GuestfsHandle g)
    {
        KeyValuePair<string, string>[] filesystems = [.. g.ListFilesystems().Where(f => f.Value is not ("swap" or "unknown" or ""))];
        if (filesystems.Length != 1)
        {
            throw filesystems.Length == 0
                ? new GuestfsException("mount", 0, "There is no system on these disks, and no filesystem.")
                : new UsageException("There is no system on these disks: choose a filesystem with --mount "
                    + $"{string.Join(" or ", filesystems.Select(f => f.Key))}.");
        }

        (string device, string type) = filesystems[0];
        if (Writes)
        {
            g.Mount(device, "/");
        }
        else
        {
            g.MountRo(device, "/");
        }

        return new GuestMountpoint("/", device, type);
    }
}

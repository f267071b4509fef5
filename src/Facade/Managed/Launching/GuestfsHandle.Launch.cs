// Launching: the one function whose failures need explaining.
using Guestfs.Interop;

namespace Guestfs;

public sealed unsafe partial class GuestfsHandle
{
    private readonly ApplianceSource? applianceSource;
    private readonly TimeSpan? launchTimeout;
    private bool hasLaunched;

    /// <summary>Starts the appliance with the disks added so far; most functions need it. Takes seconds. Launch a handle once.</summary>
    /// <exception cref="GuestfsLaunchException">It did not start; <see cref="GuestfsLaunchException.Failure"/> says why, the message what to do.</exception>
    /// <remarks>guestfs(3): <c>guestfs_launch</c>. Since 0.0.3.</remarks>
    public void Launch() => StartAppliance(CancellationToken.None);

    /// <inheritdoc cref="Launch()"/>
    /// <param name="progress">Told how far the launch is, if it takes more than 5 seconds; called on the handle's worker thread.</param>
    /// <param name="cancellationToken">Cancels it: what was started is ended, and the handle is closed.</param>
    /// <returns>A task that ends when the appliance is ready.</returns>
    public Task LaunchAsync(IProgress<GuestfsProgress>? progress = null, CancellationToken cancellationToken = default) =>
        RunLong(Stop.EndLaunch, (Action<CancellationToken>)StartAppliance, progress, cancellationToken);

    // The token stops the building of an appliance.
    internal void StartAppliance(CancellationToken cancellationToken)
    {
        using LaunchSpan? span = IsTraced ? new LaunchSpan(this) : null;
        try
        {
            StartAppliance(span, cancellationToken);
        }
        catch (Exception e)
        {
            span?.Fail(e);
            if (!cancellationToken.IsCancellationRequested)
            {
                log?.LaunchFailed(e);
            }

            throw;
        }
    }

    private void StartAppliance(LaunchSpan? span, CancellationToken cancellationToken)
    {
        if (State != GuestfsState.Config)
        {
            LaunchOnce(span);
            return;
        }

        // Where its name has no slash, libguestfs would look for it in the current directory too if PATH says so.
        string hypervisor = GetHv();
        if (!hypervisor.Contains('/', StringComparison.Ordinal) && HostProgram.Find(hypervisor, HostEnvironment.Variable("PATH")) is { } program)
        {
            SetHv(program);
        }

        if (applianceSource is not null)
        {
            span?.Begin(LaunchStage.Appliance);
        }

        // Held until qemu has its files open.
        (ApplianceLease? acquired, Action? launched) = AcquireAppliance(cancellationToken);
        using ApplianceLease? appliance = acquired;
        if (appliance is not null)
        {
            SetPath(appliance.Directory);
        }

        AcceleratorChoice = ChooseAccelerator();
        span?.SetAccelerator(AcceleratorChoice.Accelerator);
        log?.AcceleratorChosen(AcceleratorChoice.Accelerator, AcceleratorChoice.Reason);
        Note($"accelerator: {AcceleratorChoice.Accelerator}: {AcceleratorChoice.Reason}");
        if (HostProgram.IsRelative(Environment.GetEnvironmentVariable("PATH")))
        {
            Warn("PATH has an entry that is not absolute, so that libguestfs runs qemu-img and others of the current directory, whoever put them there. Take the entry out before the process starts.");
        }

        if (ChildReaping.IsLikely)
        {
            Warn($"this process is PID 1, and the .NET runtime in it reaps libguestfs' child processes: calls may fail now and then. {ChildReaping.Remedy}");
        }

        LaunchOnce(span);
        launched?.Invoke();
    }

    private void LaunchOnce(LaunchSpan? span)
    {
        ConsoleTail console = new();
        bool verbose = GetVerbose();
        EventHandler<GuestfsMessageEventArgs> listener = (_, e) => Listen(e, console, verbose, span);

        // A quiet kernel does not tell its stages. What the user appends comes after ours, and wins.
        bool tell = span is { IsRecorded: true } && !verbose;
        string? append = tell ? GetAppend() : null;
        if (tell)
        {
            SetAppend($"loglevel=7 {append}".TrimEnd());
        }

        ConsoleOutputReceived += listener;
        try
        {
            span?.Begin(LaunchStage.Qemu);

            // A launch that fails forgets them.
            bool hasDisks = DebugDrives().Length > 0;
            using Call call = new(this);
            using LaunchWatch watch = new(this, launchTimeout) { HasDisks = hasDisks };
            bool failed = LibGuestfs.guestfs_launch(call.Handle) == -1;
            watch.Finish();
            if (failed || watch.TimedOut)
            {
                throw FailedLaunch(call.Handle, watch, console, verbose);
            }

            hasLaunched = true;
            ApplianceExited += OnSubprocessQuit;
            RememberAppliance(call.Handle);
        }
        finally
        {
            ConsoleOutputReceived -= listener;
            if (tell && !hasLaunched && !IsDisposed)
            {
                // For the next attempt; once launched it cannot be set any more.
                SetAppend(append);
            }
        }
    }

    // libguestfs prints the console of a verbose handle where nobody listens to it; now we do.
    private void Listen(GuestfsMessageEventArgs piece, ConsoleTail console, bool verbose, LaunchSpan? span)
    {
        console.Add(piece.Bytes.Span);
        span?.Console(piece.Bytes.Span);
        if (verbose && !Events.HasSeveral(LibGuestfs.GUESTFS_EVENT_APPLIANCE))
        {
            StandardError.WriteConsole(piece.Bytes.Span);
        }
    }

    private GuestfsException FailedLaunch(guestfs_h* handle, LaunchWatch watch, ConsoleTail console, bool verbose)
    {
        GuestfsException plain = Failure(handle, "launch", CallState.Any, null);
        if (hasLaunched)
        {
            return new GuestfsStateException("launch", plain.Errno, $"launch: this handle has been launched before. Create a new handle. (libguestfs: {plain.Message})", ReadState(handle));
        }

        IReadOnlyList<string> lines = console.LastLines();
        LaunchFinding finding = LaunchDiagnosis.Explain(new LaunchEvidence
        {
            Errors = watch.Errors,
            Console = lines,
            HasDisks = watch.HasDisks,
            Hypervisor = GetHv(),
            Path = GetPath(),
            Backend = GetBackend(),
            CacheDirectory = GetCachedir(),
            Memory = GetMemsize(),
            EndedAfter = watch.TimedOut ? launchTimeout : null,
            KvmDemand = kvmDemand,
            IsVerbose = verbose,
        });
        if (finding is { Failure: LaunchFailure.KvmBroken, Cause: { } cause })
        {
            RefuteKvm(cause);
        }

        // libguestfs' first line; after it comes how to turn debugging on, which is for those whom nothing else helps.
        string said = finding.Cause is null ? plain.Message : plain.Message.Split('\n')[0];
        return LaunchException(plain.Errno, said, finding, lines);
    }

    private static GuestfsLaunchException LaunchException(int errno, string said, LaunchFinding finding, IReadOnlyList<string> console) => new(
        errno,
        string.Join('\n', ((string?[])[said, finding.Cause, finding.Remedy]).Where(part => part is not null)),
        finding.Failure,
        finding.Remedy,
        console);
}

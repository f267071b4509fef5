using Guestfs.Interop;

namespace Guestfs;

/// <summary>The appliance of a handle: its launch, whose failures need explaining, and what is left of it afterwards.</summary>
internal sealed unsafe class LaunchSession : IDisposable
{
    private readonly GuestfsHandle handle;
    private readonly Accelerator accelerator;
    private readonly TimeSpan? timeout;
    private readonly HandleLog? log;
    private AcceleratorDecision? decision;
    private ApplianceProcess? process;

    internal LaunchSession(GuestfsHandle handle, GuestfsHandleOptions options, HandleLog? log)
    {
        this.handle = handle;
        this.log = log;
        accelerator = options.Accelerator;
        timeout = options.LaunchTimeout;
        HasSource = options.Appliance is not null;
        Appliances = new ApplianceSelection(handle, options.Appliance, accelerator);
    }

    /// <summary>What chooses the appliance.</summary>
    internal ApplianceSelection Appliances { get; }

    /// <summary>What was decided about KVM; null before the launch.</summary>
    internal AcceleratorChoice? AcceleratorChoice => decision?.Choice;

    /// <summary>Whether a launch has succeeded.</summary>
    internal bool HasLaunched { get; private set; }

    /// <summary>Whether the appliance has run and ended, though libguestfs may not have noticed.</summary>
    internal bool HasEnded => process?.HasEnded == true;

    private bool HasSource { get; }

    /// <summary>Launches.</summary>
    /// <param name="cancellationToken">Stops the building of an appliance.
    /// What cancels the launch itself is a <see cref="CancellableCall"/>.</param>
    internal void Launch(CancellationToken cancellationToken)
    {
        using LaunchSpan? span = handle.Calls.IsTraced ? new LaunchSpan(handle) : null;
        try
        {
            Launch(span, cancellationToken);
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

    /// <summary>Ends this handle's qemu, from any thread, without waiting for a call.</summary>
    /// <returns>Whether that was possible: with libvirt it is not known which process that is.</returns>
    internal bool EndAppliance() => handle.Calls.WhileOpen(this, static session => session.process?.Kill() == true);

    /// <summary>Whether the appliance died in the call that runs in this thread: once, in the call that noticed.</summary>
    internal bool TakeDeath() => process?.TakeDeath() == true;

    public void Dispose() => process?.Dispose();

    private void Launch(LaunchSpan? span, CancellationToken cancellationToken)
    {
        if (handle.State != GuestfsState.Config)
        {
            Start(span);
            return;
        }

        // Where its name has no slash, libguestfs would look for it in the current directory too if PATH says so.
        string hypervisor = handle.GetHv();
        if (!hypervisor.Contains('/', StringComparison.Ordinal)
            && HostProgram.Find(hypervisor, HostEnvironment.Variable("PATH")) is { } program)
        {
            handle.SetHv(program);
        }

        if (HasSource)
        {
            span?.Begin(LaunchStage.Appliance);
        }

        // Held until qemu has its files open.
        (ApplianceLease? acquired, Action? launched) = Appliances.Acquire(cancellationToken);
        using ApplianceLease? appliance = acquired;
        if (appliance is not null)
        {
            handle.SetPath(appliance.Directory);
        }

        decision = new AcceleratorDecision(handle, accelerator);
        Tell(decision.Choice, span);
        WarnOfHost();
        Start(span);
        launched?.Invoke();
    }

    private void Tell(AcceleratorChoice choice, LaunchSpan? span)
    {
        span?.SetAccelerator(choice.Accelerator);
        log?.AcceleratorChosen(choice.Accelerator, choice.Reason);
        handle.Events.Note($"accelerator: {choice.Accelerator}: {choice.Reason}");
    }

    private void WarnOfHost()
    {
        if (HostProgram.IsRelative(Environment.GetEnvironmentVariable("PATH")))
        {
            handle.Events.Warn(
                "PATH has an entry that is not absolute, so that libguestfs runs qemu-img and others of the current directory, " +
                "whoever put them there. Take the entry out before the process starts.");
        }

        if (ChildReaping.IsLikely)
        {
            handle.Events.Warn(
                "this process is PID 1, and the .NET runtime in it reaps libguestfs' child processes: calls may fail now and then. "
                + $"{ChildReaping.Remedy}");
        }
    }

    private void Start(LaunchSpan? span)
    {
        ConsoleTail console = new();
        bool verbose = handle.GetVerbose();
        EventHandler<GuestfsMessageEventArgs> listener = (_, e) => Listen(e, console, verbose, span);

        // A quiet kernel does not tell its stages. What the user appends comes after ours, and wins.
        bool tell = span is { IsRecorded: true } && !verbose;
        string? append = tell ? handle.GetAppend() : null;
        if (tell)
        {
            handle.SetAppend($"loglevel=7 {append}".TrimEnd());
        }

        handle.ConsoleOutputReceived += listener;
        try
        {
            span?.Begin(LaunchStage.Qemu);

            // A launch that fails forgets them.
            bool hasDisks = handle.DebugDrives().Length > 0;
            using Call call = new(handle);
            using LaunchWatch watch = new(handle, timeout) { HasDisks = hasDisks };
            bool failed = LibGuestfs.guestfs_launch(call.Handle) == -1;
            watch.Finish();
            if (failed || watch.TimedOut)
            {
                throw Explain(call.Handle, watch, console, verbose);
            }

            HasLaunched = true;
            process = new ApplianceProcess(call.Handle);
            handle.ApplianceExited += static (sender, _) => ((GuestfsHandle)sender!).Session.process?.NoteDeath();
        }
        finally
        {
            handle.ConsoleOutputReceived -= listener;
            if (tell && !HasLaunched && !handle.Calls.IsClosing)
            {
                // For the next attempt; once launched it cannot be set any more.
                handle.SetAppend(append);
            }
        }
    }

    // libguestfs prints the console of a verbose handle where nobody listens to it; now we do.
    private void Listen(GuestfsMessageEventArgs piece, ConsoleTail console, bool verbose, LaunchSpan? span)
    {
        console.Add(piece.Bytes.Span);
        span?.Console(piece.Bytes.Span);
        if (verbose && !handle.Events.HasSeveral(LibGuestfs.GUESTFS_EVENT_APPLIANCE))
        {
            StandardError.WriteConsole(piece.Bytes.Span);
        }
    }

    private GuestfsException Explain(guestfs_h* pointer, LaunchWatch watch, ConsoleTail console, bool verbose)
    {
        GuestfsException plain = CallFailure.Explain(handle, pointer, "launch", CallState.Any, null);
        if (HasLaunched)
        {
            return new GuestfsStateException(
                "launch",
                plain.Errno,
                $"launch: this handle has been launched before. Create a new handle. (libguestfs: {plain.Message})",
                CallFailure.ReadState(pointer));
        }

        IReadOnlyList<string> lines = console.LastLines();
        LaunchFinding finding = LaunchDiagnosis.Explain(new LaunchEvidence
        {
            Errors = watch.Errors,
            Console = lines,
            HasDisks = watch.HasDisks,
            Hypervisor = handle.GetHv(),
            Path = handle.GetPath(),
            Backend = handle.GetBackend(),
            CacheDirectory = handle.GetCachedir(),
            Memory = handle.GetMemsize(),
            EndedAfter = watch.TimedOut ? timeout : null,
            KvmDemand = decision?.KvmDemand,
            IsVerbose = verbose,
        });
        if (finding is { Failure: LaunchFailure.KvmBroken, Cause: { } cause })
        {
            decision?.RefuteKvm(cause);
        }

        // libguestfs' first line; after it comes how to turn debugging on, which is for those whom nothing else helps.
        return finding.ToException(plain.Errno, finding.Cause is null ? plain.Message : plain.Message.Split('\n')[0], lines);
    }
}

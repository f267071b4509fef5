using Guestfs.Interop;

namespace Guestfs;

/// <summary>The appliance of a handle: its launch, in one attempt or two, and what is left of it afterwards.</summary>
internal sealed unsafe class LaunchSession : IDisposable
{
    private readonly GuestfsHandle handle;
    private readonly Accelerator accelerator;
    private readonly TimeSpan? timeout;
    private readonly HandleLog? log;
    private readonly Confinement? confinementWanted;
    private readonly bool alwaysBoot;
    private ConfinementDecision? confinement;
    private ResumeDecision? resume;
    private AcceleratorDecision? decision;
    private AddedDisks? disks;
    private DiskFullPolicy? diskFull;
    private ApplianceProcess? process;

    // What only a launch sets: a program that does not launch is trimmed of it.
    private Action? endWatch;
    private Func<string, string>? withRealName;
    private Func<string, int, string, GuestfsException>? explainDeath;
    private Func<nint, int, string, string?>? explainError;
    private Func<string?>? takeLostWrite;
    private Action? awaitDelayedFaults;
    private string? socketDirectory;
    private EventHandler<GuestfsMessageEventArgs>? consoleListener;
    private bool hearsOfEnd;
    private DateTime? failedSince;

    // While true, the end of an appliance is not told: another one may take its place.
    private bool holdsEnd;
    private bool hasHeldEnd;

    internal LaunchSession(GuestfsHandle handle, GuestfsHandleOptions options, HandleLog? log)
    {
        this.handle = handle;
        this.log = log;
        accelerator = options.Accelerator;
        timeout = options.LaunchTimeout;
        confinementWanted = options.Confinement;
        alwaysBoot = options.AlwaysBoot;
        Appliances = new ApplianceSelection(handle, options.Appliance, accelerator, options.Confinement);
    }

    /// <summary>What chooses the appliance.</summary>
    internal ApplianceSelection Appliances { get; }

    /// <summary>What is done when a disk is full.</summary>
    internal DiskFullPolicy DiskFull => diskFull ?? Interlocked.CompareExchange(ref diskFull, new DiskFullPolicy(), null) ?? diskFull;

    /// <summary>The disks that were added for the next launch.</summary>
    internal AddedDisks Disks => disks ?? Interlocked.CompareExchange(ref disks, new AddedDisks(handle), null) ?? disks;

    /// <summary>The device that a machine with KVM has.</summary>
    internal string KvmDevice { get; set; } = KvmTrial.Device;

    /// <summary>After how much standing still a launch with emulation is ended, where it is not the usual.</summary>
    internal StallLimits? EmulatedLimits { get; set; }

    /// <summary>What was decided about KVM; null before the launch.</summary>
    internal AcceleratorChoice? AcceleratorChoice => decision?.Choice;

    /// <summary>What qemu is kept from; null before the launch.</summary>
    internal ConfinementChoice? ConfinementChoice => confinement?.Choice;

    /// <summary>Whether a saved appliance was resumed; null before the launch.</summary>
    internal ResumeChoice? ResumeChoice => resume?.Choice;

    /// <summary>An appliance that is being saved after this launch: what to say about it when that is done; null if there is
    /// none.</summary>
    internal Task<string>? Saving { get; private set; }

    /// <summary>A saved appliance that fits the last launch, if there is one by now.</summary>
    internal SavedMachine? Saved => resume?.Existing;

    /// <summary>Whether a launch has succeeded.</summary>
    internal bool HasLaunched { get; private set; }

    /// <summary>Whether the appliance has run and ended, though libguestfs may not have noticed.</summary>
    internal bool HasEnded => process?.HasEnded == true;

    /// <summary>Launches.</summary>
    /// <param name="cancellationToken">Stops the building of an appliance, and any further attempt.
    /// What cancels the launch itself is a <see cref="CancellableCall"/>.</param>
    internal void Launch(CancellationToken cancellationToken)
    {
        using LaunchSpan? span = handle.Calls.IsTraced ? new LaunchSpan(handle) : null;
        long start = GuestfsMetrics.IsSupported ? System.Diagnostics.Stopwatch.GetTimestamp() : 0;
        try
        {
            Launch(span, cancellationToken);
            GuestfsMetrics.LaunchEnded(start, this, failure: null, cancelled: false);
        }
        catch (Exception e)
        {
            span?.Fail(e);
            GuestfsMetrics.LaunchEnded(start, this, e, cancellationToken.IsCancellationRequested);
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

    /// <summary>Explains the death of the appliance if it died in the call that runs in this thread: once, in the call that
    /// noticed.</summary>
    /// <param name="operation">The function.</param>
    /// <param name="errno">libguestfs' error number.</param>
    /// <param name="message">What libguestfs says.</param>
    internal GuestfsException? TakeDeath(string operation, int errno, string message) =>
        process?.TakeDeath() == true ? explainDeath!(operation, errno, message) : null;

    /// <inheritdoc cref="ConfinementDecision.RealName"/>
    internal string RealHypervisor(string name) => confinement?.RealName(name) ?? name;

    /// <inheritdoc cref="ConfinementDecision.WithRealName"/>
    internal string WithRealHypervisor(string message) => withRealName?.Invoke(message) ?? message;

    /// <summary>What is known of the reason of an error in the appliance: a disk that failed below it, what its kernel says.</summary>
    /// <param name="pointer">The C handle.</param>
    /// <param name="errno">libguestfs' error number.</param>
    /// <param name="message">What libguestfs says.</param>
    /// <returns>The message, and whole sentences after it; null where nothing is known.</returns>
    internal string? ExplainError(guestfs_h* pointer, int errno, string message) => explainError?.Invoke((nint)pointer, errno, message);

    /// <summary>Before a flush: waits for what qemu keeps back of faults, so that it tells of those that the flush brings.</summary>
    internal void AwaitDelayedFaults() => awaitDelayedFaults?.Invoke();

    /// <summary>After a flush that libguestfs takes for a success: the guest writes in its own time, and of what fails then no call
    /// tells.</summary>
    /// <param name="operation">The function.</param>
    /// <exception cref="GuestfsException">Something that was written is not on its disk.</exception>
    internal void CheckWritten(string operation)
    {
        if (takeLostWrite?.Invoke() is { } lost)
        {
            // Of the other requests of this flush, and of those that the guest tried again, qemu tells later.
            awaitDelayedFaults?.Invoke();
            _ = takeLostWrite();
            throw new GuestfsException(operation, Libc.EIO, $"{operation}: not all that was written is on the disks. {lost}");
        }
    }

    /// <summary>The end of an appliance is about to be told.</summary>
    /// <returns>Whether it is kept back, because the launch may go on with another one.</returns>
    internal bool HoldEnd() => holdsEnd && (hasHeldEnd = true);

    public void Dispose()
    {
        process?.Dispose();
        endWatch?.Invoke();
    }

    private void Launch(LaunchSpan? span, CancellationToken cancellationToken)
    {
        if (handle.State != GuestfsState.Config)
        {
            // libguestfs refuses to launch what runs.
            NewAttempt(watch: null, timeout, null).Run(span);
            return;
        }

        // Where its name has no slash, libguestfs would look for it in the current directory too if PATH says so.
        string hypervisor = handle.GetHv();
        if (!hypervisor.Contains('/', StringComparison.Ordinal)
            && HostProgram.Find(hypervisor, HostEnvironment.Variable("PATH")) is { } program)
        {
            handle.SetHv(program);
        }
        else if (ResumeDirectory.TryFindQemu(hypervisor, out string? qemu))
        {
            handle.SetHv(qemu);
        }

        if (Appliances.HasSource)
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

        if (ApplianceFiles.RootFault(handle.GetPath()) is { } fault)
        {
            throw LaunchDiagnosis.DamagedAppliance(fault).ToException(0, "launch: The appliance has no root filesystem.", []);
        }

        confinement ??= new ConfinementDecision(handle, confinementWanted);
        withRealName = confinement.WithRealName;
        decision = new AcceleratorDecision(handle, accelerator, KvmDevice);
        Tell(decision.Choice, span);
        WarnOfHost();
        resume = new ResumeDecision(handle, !alwaysBoot, appliance, decision.Choice.Accelerator);
        confinement.KeepsArguments = resume.IsToBeSaved;
        Start(decision, span, cancellationToken);
        launched?.Invoke();
        if (resume.IsToBeSaved && confinement.Report is { Arguments: { Count: > 0 } arguments })
        {
            Saving = resume.SaveAsync(arguments, handle.GetHv());
            if (log is not null)
            {
                Tell(log, Saving);
            }
        }
    }

    private void Tell(AcceleratorChoice choice, LaunchSpan? span)
    {
        span?.SetAccelerator(choice.Accelerator);
        log?.AcceleratorChosen(choice.Accelerator, choice.Reason);
        handle.Events.Note($"accelerator: {choice.Accelerator}: {choice.Reason}");
    }

    private void Tell(ConfinementChoice choice, LaunchSpan? span)
    {
        span?.SetConfinement(choice.Confinement);
        log?.ConfinementChosen(choice.Confinement, choice.Reason);
        handle.Events.Note($"confinement: {choice.Confinement}: {choice.Reason}");
    }

    private void Tell(ResumeChoice choice, LaunchSpan? span)
    {
        span?.SetResumed(choice.Resumed);
        log?.ResumeChosen(choice.Resumed, choice.Reason);
        handle.Events.Note($"appliance: {(choice.Resumed ? "resumed" : "booted")}: {choice.Reason}");
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

    // KVM that was seen to run a guest, and that the library chose by itself, may fail in this launch all the same.
    private void Start(AcceleratorDecision choice, LaunchSpan? span, CancellationToken cancellationToken)
    {
        long start = Environment.TickCount64;
        bool mayGoOn = choice.IsOwnKvm && Disks.AreRepeatable;
        bool mayResume = resume!.Saved is not null;
        LaunchAttempt attempt = Prepare(timeout, mayGoOn ? StallLimits.Virtualized : mayResume ? StallLimits.Resumed : null);
        holdsEnd = mayGoOn || mayResume;
        try
        {
            Run(attempt, span);
        }
        catch (GuestfsLaunchException)
            when (mayResume && resume.Choice.Resumed && !cancellationToken.IsCancellationRequested && !attempt.HasTimedOut)
        {
            holdsEnd = hasHeldEnd = false;
            resume.Boot($"what was saved could not be resumed: {attempt.Finding?.Cause ?? "libguestfs gave no reason"}");
            Disks.AddAgain();
            Run(Prepare(Rest(start), null), span);

            // Not before the appliance has come up: the fault might have been that of a disk, which holds for both.
            if (attempt is not { Finding.IsFromOutside: true, Appliance.IsResumptionStuck: false })
            {
                resume.RefuteSaved();
            }
        }
        catch (GuestfsLaunchException)
            when (mayGoOn && !cancellationToken.IsCancellationRequested && attempt is { HasTimedOut: false, Finding: { MayBeOfKvm: true } })
        {
            holdsEnd = hasHeldEnd = false;
            GoOnWithoutKvm(choice, attempt.Finding, Rest(start), span);
        }
        catch (GuestfsLaunchException) when (attempt.Finding is { Failure: LaunchFailure.KvmBroken, Cause: { } cause })
        {
            choice.RefuteKvm(cause, KvmProof.Lasting);
            throw;
        }
        finally
        {
            holdsEnd = false;
            if (hasHeldEnd)
            {
                hasHeldEnd = false;
                handle.Events.Raise(LibGuestfs.GUESTFS_EVENT_SUBPROCESS_QUIT, [], []);
            }
        }
    }

    // Of the time that the launch may take.
    private TimeSpan? Rest(long start)
    {
        TimeSpan? rest = timeout - TimeSpan.FromMilliseconds(Environment.TickCount64 - start);
        return rest <= TimeSpan.Zero ? TimeSpan.FromMilliseconds(1) : rest;
    }

    private void GoOnWithoutKvm(AcceleratorDecision choice, LaunchFinding finding, TimeSpan? limit, LaunchSpan? span)
    {
        string reason = $"a launch under KVM failed: {finding.Cause ?? "libguestfs gave no reason"}".TrimEnd('.');
        choice.Emulate(reason);
        Tell(choice.Choice, span);
        Disks.AddAgain();
        Run(Prepare(limit, null), span);

        // Not before it has come up: the fault might have been the appliance's. What stood still may have done so on a busy machine.
        choice.RefuteKvm(reason, finding.Failure == LaunchFailure.Stalled ? KvmProof.Passing : KvmProof.Lasting);
    }

    // All of it before the launch: what a handler of an event throws during the launch comes out of the next call that ends.
    private LaunchAttempt Prepare(TimeSpan? limit, StallLimits? stallLimits)
    {
        // An end that is reported from here on is not that of an appliance that ran before.
        process?.Dispose();
        process = null;
        if (!hearsOfEnd)
        {
            handle.ApplianceExited += static (sender, _) => ((GuestfsHandle)sender!).Session.process?.NoteDeath();
            hearsOfEnd = true;
        }

        if (failedSince is { } since)
        {
            StaleSockets.Remove(handle.GetSockdir(), since);
        }

        LaunchAttempt attempt = NewAttempt(Watch(), limit, stallLimits);
        handle.ConsoleOutputReceived -= consoleListener;
        consoleListener = attempt.Listen;
        handle.ConsoleOutputReceived += consoleListener;
        return attempt;
    }

    private LaunchAttempt NewAttempt(ApplianceWatch? watch, TimeSpan? limit, StallLimits? stallLimits) =>
        new(handle, watch)
        {
            Limit = limit,
            StallLimits = stallLimits ?? EmulatedLimits ?? StallLimits.Emulated,
            KvmDemand = decision?.KvmDemand,
            MayTellKernel = resume?.Saved is null,
        };

    private void Run(LaunchAttempt attempt, LaunchSpan? span)
    {
        // File systems count time less finely.
        DateTime start = DateTime.UtcNow.AddSeconds(-1);
        try
        {
            confinement!.Resumed = resume?.Saved;
            confinement.Begin();
            attempt.Run(span);
            failedSince = null;
        }
        catch when (attempt.Process is null)
        {
            // The handle may have been closed meanwhile: then nobody else does it.
            attempt.Appliance!.Dispose();
            failedSince ??= start;
            confinement!.End();
            resume?.Note(confinement.Report);
            confinement.ThrowIfLacking();
            throw;
        }
        finally
        {
            Tell(confinement!.End(), span);
            if (resume is not null)
            {
                resume.Note(confinement.Report);
                Tell(resume.Choice, span);
            }

            // Also where a handler of an event has thrown when it was launched.
            if (attempt.Process is { } launched)
            {
                Keep(launched, attempt.Appliance!);
            }
        }
    }

    // What a launched appliance leaves for the calls after it.
    private void Keep(ApplianceProcess launched, ApplianceWatch watch)
    {
        process = launched;
        HasLaunched = true;
        Disks.Forget();
        watch.BeginToLookForStops(Warning(log));
        awaitDelayedFaults = watch.AwaitDelayedFaults;
        takeLostWrite = () => watch.TakeLostWrite() is { } fault
            ? $"{DeathDiagnosis.Describe(fault)} See to what the image is stored on, and write again."
            : null;
        KernelLog kernel = new();
        explainError = (pointer, errno, message) =>
        {
            // First, which gives qemu's word of the disk time to arrive.
            string? said = KernelLog.Explains(errno) && kernel.NewComplaints((guestfs_h*)pointer) is { Count: > 0 } lines
                ? $"The appliance's kernel says: {string.Join("; ", lines)}."
                : null;
            string? failed = watch.TakeFault() is { } fault ? DeathDiagnosis.Describe(fault) : null;
            string? reason = failed is not null && said is not null ? $"{failed} {said}"
                : failed ?? said ?? ForeignProgram.Explain((guestfs_h*)pointer, message);
            return reason is null ? null : $"{message.TrimEnd('.')}. {reason}";
        };
        explainDeath = (operation, errno, message) =>
        {
            ApplianceFacts facts = watch.FactsOfEnd();
            return DeathDiagnosis.Explain(facts, operation, message).ToException(operation, errno, message, facts.Console);
        };
    }

    // A method of its own: what the watch of a qemu holds must not lead to the handle, which would never be collected.
    private static Action<string> Warning(HandleLog? log) => text =>
    {
        if (log is null)
        {
            StandardError.WriteLine("libguestfs: warning: " + text);
        }
        else
        {
            log.Warn(text);
        }
    };

    // As above.
    private static void Tell(HandleLog log, Task<string> saving) =>
        saving.ContinueWith(saved => log.Tell(saved.Result), TaskScheduler.Default);

    // Only qemu itself can be told where to connect to; libvirt starts another one, and takes no options for it.
    private ApplianceWatch Watch()
    {
        bool isNew = socketDirectory is null && handle.GetBackend() == "direct";
        if (isNew)
        {
            socketDirectory = Path.Combine(handle.GetSockdir(), $"guestfs-{Path.GetRandomFileName()}");
        }

        endWatch?.Invoke();
        ApplianceWatch made = new(handle.GetHv(), socketDirectory, DiskFull) { MayResume = resume?.Saved is not null };
        if (!made.IsListening)
        {
            // Nobody would see a disk that the machine cannot have.
            resume?.Boot("there can be no socket for qemu to tell how it goes");
        }

        try
        {
            if (isNew && made.IsListening)
            {
                confinement!.AddOption("-qmp", QmpConnection.AddressIn(socketDirectory!));
            }
        }
        catch
        {
            made.Dispose();
            throw;
        }

        endWatch = made.Dispose;
        return made;
    }
}

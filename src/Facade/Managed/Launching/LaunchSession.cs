using Guestfs.Interop;

namespace Guestfs;

/// <summary>The appliance of a handle: its launch, whose failures need explaining, and what is left of it afterwards.</summary>
internal sealed unsafe class LaunchSession : IDisposable
{
    private readonly GuestfsHandle handle;
    private readonly Accelerator accelerator;
    private readonly TimeSpan? timeout;
    private readonly HandleLog? log;
    private readonly ConfinementDecision confinement;
    private AcceleratorDecision? decision;
    private ApplianceProcess? process;

    // What only a launch sets: a program that does not launch is trimmed of it.
    private Action? endWatch;
    private Func<string, int, string, GuestfsException>? explainDeath;
    private string? socketDirectory;
    private bool hearsOfEnd;
    private EventHandler<GuestfsMessageEventArgs>? consoleListener;

    internal LaunchSession(GuestfsHandle handle, GuestfsHandleOptions options, HandleLog? log)
    {
        this.handle = handle;
        this.log = log;
        accelerator = options.Accelerator;
        timeout = options.LaunchTimeout;
        confinement = new ConfinementDecision(handle, options.Confinement);
        Appliances = new ApplianceSelection(handle, options.Appliance, accelerator, options.Confinement);
    }

    /// <summary>What chooses the appliance.</summary>
    internal ApplianceSelection Appliances { get; }

    /// <summary>What was decided about KVM; null before the launch.</summary>
    internal AcceleratorChoice? AcceleratorChoice => decision?.Choice;

    /// <summary>What qemu is kept from; null before the launch.</summary>
    internal ConfinementChoice? ConfinementChoice => confinement.Choice;

    /// <summary>Whether a launch has succeeded.</summary>
    internal bool HasLaunched { get; private set; }

    /// <summary>Whether the appliance has run and ended, though libguestfs may not have noticed.</summary>
    internal bool HasEnded => process?.HasEnded == true;

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

    /// <summary>Explains the death of the appliance if it died in the call that runs in this thread: once, in the call that
    /// noticed.</summary>
    /// <param name="operation">The function.</param>
    /// <param name="errno">libguestfs' error number.</param>
    /// <param name="message">What libguestfs says.</param>
    internal GuestfsException? TakeDeath(string operation, int errno, string message) =>
        process?.TakeDeath() == true ? explainDeath!(operation, errno, message) : null;

    public void Dispose()
    {
        process?.Dispose();
        endWatch?.Invoke();
    }

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

        decision = new AcceleratorDecision(handle, accelerator);
        Tell(decision.Choice, span);
        Tell(confinement.Apply(), span);
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

    private void Tell(ConfinementChoice choice, LaunchSpan? span)
    {
        span?.SetConfinement(choice.Confinement);
        log?.ConfinementChosen(choice.Confinement, choice.Reason);
        handle.Events.Note($"confinement: {choice.Confinement}: {choice.Reason}");
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
        bool verbose = handle.GetVerbose();

        // A quiet kernel does not tell its stages. What the user appends comes after ours, and wins.
        bool tell = span is { IsRecorded: true } && !verbose;
        string? append = tell ? handle.GetAppend() : null;

        bool hasSucceeded = false;
        ApplianceWatch? current = BeginWatch();
        LaunchSpan? told = span;
        EventHandler<GuestfsMessageEventArgs> listener = (_, e) => Listen(e, current, told);
        try
        {
            if (tell)
            {
                handle.SetAppend($"loglevel=7 {append}".TrimEnd());
            }

            // An appliance that was shut down may have been listened to before.
            handle.ConsoleOutputReceived -= consoleListener;
            handle.ConsoleOutputReceived += listener;
            span?.Begin(LaunchStage.Qemu);

            // A launch that fails forgets them.
            bool hasDisks = handle.DebugDrives().Length > 0;
            using Call call = new(handle);
            using LaunchWatch launch = new(handle, timeout) { HasDisks = hasDisks };
            bool failed = LibGuestfs.guestfs_launch(call.Handle) == -1;
            launch.Finish();
            if (failed || launch.TimedOut)
            {
                throw Explain(call.Handle, launch, current, verbose);
            }

            HasLaunched = hasSucceeded = true;
            explainDeath = (operation, errno, message) =>
            {
                ApplianceFacts facts = current!.FactsOfEnd();
                return DeathDiagnosis.Explain(facts, operation, message).ToException(operation, errno, message, facts.Console);
            };
            consoleListener = listener;
            process = new ApplianceProcess(call.Handle);
        }
        finally
        {
            told = null;
            if (!hasSucceeded)
            {
                // The handle may have been closed meanwhile: then nobody else does it.
                current?.Dispose();
                handle.ConsoleOutputReceived -= listener;
            }

            if (tell && !hasSucceeded && !handle.Calls.IsClosing)
            {
                // For the next attempt; once launched it cannot be set any more.
                handle.SetAppend(append);
            }
        }
    }

    // Null for a handle that has launched: libguestfs refuses to do it again. All of it before the launch: what a handler of an event
    // throws during the launch comes out of the next call that ends.
    private ApplianceWatch? BeginWatch()
    {
        if (handle.State != GuestfsState.Config)
        {
            return null;
        }

        // An end that is reported during a launch is not that of an appliance that ran before.
        process?.Dispose();
        process = null;
        if (!hearsOfEnd)
        {
            handle.ApplianceExited += static (sender, _) => ((GuestfsHandle)sender!).Session.process?.NoteDeath();
            hearsOfEnd = true;
        }

        return Watch();
    }

    // Only qemu itself can be told where to connect to; libvirt starts another one, and takes no options for it.
    private ApplianceWatch Watch()
    {
        bool isNew = socketDirectory is null && handle.GetBackend() == "direct";
        if (isNew)
        {
            socketDirectory = Path.Combine(handle.GetSockdir(), $"guestfs-{Path.GetRandomFileName()}");
        }

        endWatch?.Invoke();
        ApplianceWatch made = new(handle.GetHv(), socketDirectory);
        try
        {
            if (isNew && made.IsListening)
            {
                handle.Config("-qmp", QmpConnection.AddressIn(socketDirectory!));
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

    // libguestfs prints the console of a verbose handle where nobody listens to it; now we do.
    private void Listen(GuestfsMessageEventArgs piece, ApplianceWatch? current, LaunchSpan? span)
    {
        current?.AddConsole(piece.Bytes.Span);
        span?.Console(piece.Bytes.Span);
        if (!handle.Events.HasSeveral(LibGuestfs.GUESTFS_EVENT_APPLIANCE) && handle.GetVerbose())
        {
            StandardError.WriteConsole(piece.Bytes.Span);
        }
    }

    private GuestfsException Explain(guestfs_h* pointer, LaunchWatch launch, ApplianceWatch? current, bool verbose)
    {
        GuestfsException plain = CallFailure.Explain(handle, pointer, "launch", CallState.Any, null);
        if (HasLaunched || current is null)
        {
            return new GuestfsStateException(
                "launch",
                plain.Errno,
                $"launch: this handle has been launched before. Create a new handle. (libguestfs: {plain.Message})",
                CallFailure.ReadState(pointer));
        }

        ApplianceFacts facts = current.FactsOfEnd();
        LaunchFinding finding = LaunchDiagnosis.Explain(new LaunchEvidence
        {
            Errors = launch.Errors,
            Console = facts.Console,
            Death = DeathDiagnosis.Explain(facts, "launch", launch.Errors is [var first, ..] ? first : plain.Message),
            HasDisks = launch.HasDisks,
            Hypervisor = handle.GetHv(),
            Path = handle.GetPath(),
            Backend = handle.GetBackend(),
            CacheDirectory = handle.GetCachedir(),
            Memory = handle.GetMemsize(),
            EndedAfter = launch.TimedOut ? timeout : null,
            KvmDemand = decision?.KvmDemand,
            IsVerbose = verbose,
        });
        if (finding is { Failure: LaunchFailure.KvmBroken, Cause: { } cause })
        {
            decision?.RefuteKvm(cause);
        }

        // libguestfs' first line; after it comes how to turn debugging on, which is for those whom nothing else helps.
        return finding.ToException(plain.Errno, finding.Cause is null ? plain.Message : plain.Message.Split('\n')[0], facts.Console);
    }
}

using Guestfs.Interop;

namespace Guestfs;

/// <summary>One call of guestfs_launch, watched in every way, and what is seen of it.</summary>
/// <param name="handle">The handle.</param>
/// <param name="appliance">What watches the appliance; null where libguestfs will refuse to launch what has been launched.</param>
internal sealed unsafe class LaunchAttempt(GuestfsHandle handle, ApplianceWatch? appliance)
{
    /// <summary>A word for the kernel, which has it tell how far it is.</summary>
    internal const string LogWord = "loglevel=7";

    private LaunchSpan? span;
    private bool verbose;

    /// <summary>What watches the appliance.</summary>
    internal ApplianceWatch? Appliance => appliance;

    /// <summary>How long it may take; null for as long as it likes.</summary>
    internal required TimeSpan? Limit { get; init; }

    /// <summary>After how much standing still it is ended.</summary>
    internal required StallLimits StallLimits { get; init; }

    /// <summary>The option or setting by which the user asked for KVM; null if nobody did.</summary>
    internal required string? KvmDemand { get; init; }

    /// <summary>Whether the kernel may be told more than libguestfs tells it.</summary>
    internal required bool MayTellKernel { get; init; }

    /// <summary>Whether it was ended because its time was over.</summary>
    internal bool HasTimedOut { get; private set; }

    /// <summary>Why it failed; null before, and if it did not.</summary>
    internal LaunchFinding? Finding { get; private set; }

    /// <summary>The qemu that was launched; null before, and if that failed.</summary>
    internal ApplianceProcess? Process { get; private set; }

    /// <summary>Launches.</summary>
    /// <param name="traced">Is told of its stages, while it lasts.</param>
    /// <exception cref="GuestfsLaunchException">It did not come up.</exception>
    internal void Run(LaunchSpan? traced)
    {
        verbose = handle.GetVerbose();

        // A quiet kernel does not tell its stages. What the user appends comes after ours, and wins.
        bool tell = traced is { IsRecorded: true } && MayTellKernel && !verbose;
        string? append = tell ? handle.GetAppend() : null;
        try
        {
            if (tell)
            {
                handle.SetAppend($"{LogWord} {append}".TrimEnd());
            }

            span = traced;
            span?.Begin(LaunchStage.Qemu);

            // A launch that fails forgets them.
            string[] drives = handle.DebugDrives();
            using Call call = new(handle);
            OwnProcesses launched = OwnProcesses.OfThisThread();
            using StallWatch? stalls = appliance is null ? null : new StallWatch(appliance, launched, StallLimits);
            using StartedProcesses? processes = appliance is null ? null : new StartedProcesses(launched, appliance);
            using LaunchWatch launch = new(handle, Limit) { Drives = drives };
            bool failed = LibGuestfs.guestfs_launch(call.Handle) == -1;
            launch.Finish();
            HasTimedOut = launch.TimedOut;
            Stall? stall = stalls?.Finish();
            if (failed || HasTimedOut || stall is not null)
            {
                throw Explain(call.Handle, launch, processes, stall);
            }

            Process = new ApplianceProcess(call.Handle);
        }
        finally
        {
            span = null;
            if (tell && Process is null && !handle.Calls.IsClosing)
            {
                // For the next attempt; once launched it cannot be set any more.
                handle.SetAppend(append);
            }
        }
    }

    /// <summary>A piece of what the console says, as long as the handle lives.</summary>
    // libguestfs prints the console of a verbose handle where nobody listens to it; now we do. A handle that is being closed is not asked.
    internal void Listen(object? sender, GuestfsMessageEventArgs piece)
    {
        appliance?.AddConsole(piece.Bytes.Span);
        span?.Console(piece.Bytes.Span);
        if (!handle.Events.HasSeveral(LibGuestfs.GUESTFS_EVENT_APPLIANCE)
            && (handle.Calls.IsClosing ? verbose : verbose = handle.GetVerbose()))
        {
            StandardError.WriteConsole(piece.Bytes.Span);
        }
    }

    private GuestfsException Explain(guestfs_h* pointer, LaunchWatch launch, StartedProcesses? processes, Stall? stall)
    {
        GuestfsException plain = CallFailure.Explain(handle, pointer, "launch", CallState.Any, null);

        // One that was shut down can be launched again, with disks that were added again.
        if (appliance is null || (handle.Session.HasLaunched && launch.Drives.Count == 0))
        {
            return new GuestfsStateException(
                "launch",
                plain.Errno,
                $"launch: this handle has been launched before. Create a new handle. (libguestfs: {plain.Message})",
                CallFailure.ReadState(pointer));
        }

        ApplianceFacts facts = appliance.FactsOfEnd();
        if (!appliance.HasConnected)
        {
            facts = facts with { End = processes?.EndOfHypervisor() };
        }

        LaunchError[] errors =
            [.. launch.Errors.Select(error => error with { Message = handle.Session.WithRealHypervisor(error.Message) })];
        Finding = LaunchDiagnosis.Explain(new LaunchEvidence
        {
            Errors = errors,
            Duration = launch.Duration,
            Appliance = facts,
            Death = DeathDiagnosis.Explain(facts, "launch", errors is [var first, ..] ? first.Message : plain.Message),
            Drives = launch.Drives,
            Path = handle.GetPath(),
            Backend = handle.GetBackend(),
            CacheDirectory = handle.GetCachedir(),
            TemporaryDirectory = handle.GetTmpdir(),
            SocketDirectory = handle.GetSockdir(),
            Memory = handle.GetMemsize(),
            EndedAfter = launch.TimedOut ? Limit : null,
            Stall = stall,
            KvmDemand = KvmDemand,
            IsVerbose = verbose,
        });

        // libguestfs' first line; after it comes how to turn debugging on, which is for those whom nothing else helps.
        return Finding.ToException(plain.Errno, Finding.Cause is null ? plain.Message : plain.Message.Split('\n')[0], facts.Console);
    }
}

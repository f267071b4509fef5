namespace Guestfs;

/// <summary>Decides before a launch whether it resumes a saved machine, and after it whether one is to be saved.</summary>
internal sealed class ResumeDecision
{
    private readonly GuestfsHandle handle;
    private readonly SavedMachine? machine;

    /// <summary>Decides.</summary>
    /// <param name="handle">The handle, before its launch.</param>
    /// <param name="isWanted">Whether its options allow it.</param>
    /// <param name="appliance">Its appliance; null for libguestfs' own choice.</param>
    /// <param name="accelerator">What the machine runs on.</param>
    internal ResumeDecision(GuestfsHandle handle, bool isWanted, ApplianceLease? appliance, Accelerator accelerator)
    {
        this.handle = handle;
        string directory = appliance?.Directory ?? handle.GetPath() ?? "";
        string? machines = Machines(directory, appliance);
        if (Obstacle(isWanted, machines, accelerator) is { } obstacle)
        {
            Choice = new ResumeChoice(false, obstacle);
            return;
        }

        machine = SavedMachine.Of(directory, machines!, handle);
        Saved = machine.Exists ? machine : null;
        Choice = new ResumeChoice(false, machine.Refusal is { } refusal ? $"no appliance is saved: {refusal}" : "none was saved yet");
        IsToBeSaved = Saved is null && machine.Refusal is null;
    }

    /// <summary>What was decided, and after the launch, what came of it.</summary>
    internal ResumeChoice Choice { get; private set; }

    /// <summary>The machine to resume; null to boot.</summary>
    internal SavedMachine? Saved { get; private set; }

    /// <summary>The machine that fits, if it is there by now.</summary>
    internal SavedMachine? Existing => machine?.Exists == true ? machine : null;

    /// <summary>Whether one is to be saved after the launch.</summary>
    internal bool IsToBeSaved { get; }

    /// <summary>The launch is over.</summary>
    /// <param name="report">What the launcher has done.</param>
    internal void Note(LaunchReport? report)
    {
        if (Saved is not null)
        {
            Saved.MarkUsed();
            Choice = report is { HasResumed: true }
                ? new ResumeChoice(true, $"it was saved in {Saved.Directory}")
                : new ResumeChoice(
                    false, $"what is asked of qemu differs from what was saved: {report?.NotResumed ?? "there is no launcher"}");
        }
    }

    /// <summary>Decides for booting after all.</summary>
    /// <param name="reason">Why the saved machine was not resumed.</param>
    internal void Boot(string reason)
    {
        Choice = new ResumeChoice(false, reason);
        Saved = null;
    }

    /// <summary>It has been booted where it could not be resumed.</summary>
    internal void RefuteSaved() => machine!.Refute(Choice.Reason);

    /// <summary>Saves a machine like the one that was booted, in the background.</summary>
    /// <param name="arguments">libguestfs' arguments.</param>
    /// <param name="hypervisor">The qemu.</param>
    /// <returns>What to say about it when it is done.</returns>
    internal Task<string> SaveAsync(IReadOnlyList<string> arguments, string hypervisor) =>
        new MachineSaver(
            machine!,
            [.. arguments.Select(argument => argument.Replace($" {LaunchAttempt.LogWord}", "", StringComparison.Ordinal))],
            hypervisor,
            handle.GetSockdir()).BeginAsync();

    // Obsolete, but who sets it gets it.
#pragma warning disable CS0618
    private bool HasSelinux => handle.GetSelinux();
#pragma warning restore CS0618

    // How the names of saved machines begin; null if there can be none.
    private static string? Machines(string directory, ApplianceLease? appliance) =>
        ResumeDirectory.MachinesOf(directory)
        ?? (appliance is { MayBeSaved: true } ? appliance.SavedBeside ?? appliance.Directory : null);

    // Why no machine is resumed, and none saved; null if nothing is in the way.
    private string? Obstacle(bool isWanted, string? machines, Accelerator accelerator) =>
        !isWanted ? ApiName.Option(nameof(GuestfsHandleOptions), nameof(GuestfsHandleOptions.AlwaysBoot))
        : machines is null ? "the appliance is none that is saved"
        : handle.GetBackend() is not "direct" and var backend ? $"left to the backend '{backend}'"
        : accelerator != Accelerator.Tcg ? "it is not emulated, and boots as fast"
        : !Launcher.Exists ? "there is no launcher for this processor"
        : handle.GetVerbose() ? "the console is to tell how it boots"
        : handle.GetNetwork() ? "it has a network"
        : HasSelinux ? "it is to use SELinux"
        : handle.GetAppend() is { Length: > 0 } ? "its kernel has arguments of its own"
        : !handle.Session.Disks.AreRepeatable ? "a disk was added that could not be added again"
        : null;
}

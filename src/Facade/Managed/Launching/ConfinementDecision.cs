namespace Guestfs;

/// <summary>Confines the qemu of a handle. docs/design/confinement.md says against what, and what is left open.</summary>
/// <param name="handle">The handle.</param>
/// <param name="wanted">What its options ask for; null is as much as there can be.</param>
internal sealed class ConfinementDecision(GuestfsHandle handle, Confinement? wanted)
{
    private bool hasFilter;

    /// <summary>What was decided; null before the launch.</summary>
    internal ConfinementChoice? Choice { get; private set; }

    /// <summary>Decides, and sets the handle accordingly. Called before each launch.</summary>
    /// <returns>What was decided.</returns>
    /// <exception cref="GuestfsLaunchException">What was asked for cannot be had.</exception>
    internal ConfinementChoice Apply()
    {
        Choice = Choose();
        if (wanted is { } asked && (asked & ~Choice.Confinement) is var lacking and not Confinement.None)
        {
            throw LaunchDiagnosis.WithoutConfinement(lacking, Choice.Reason).ToException(0, "launch: qemu cannot be confined.", []);
        }

        // The options of qemu stay those of the handle when it is launched again.
        if (Choice.Confinement.HasFlag(Confinement.SystemCalls) && !hasFilter)
        {
            handle.Config(SystemCallFilter.Option, SystemCallFilter.Value);
            hasFilter = true;
        }

        return Choice;
    }

    private ConfinementChoice Choose()
    {
        if (wanted == Confinement.None)
        {
            return new ConfinementChoice(
                Confinement.None, ApiName.Option(nameof(GuestfsHandleOptions), nameof(GuestfsHandleOptions.Confinement)));
        }

        // It starts a qemu of its own, under the user and the rules that it is set up with.
        if (handle.GetBackend() is var backend and not "direct")
        {
            return new ConfinementChoice(Confinement.None, $"left to the backend '{backend}'");
        }

        string hypervisor = handle.GetHv();
        return SystemCallFilter.IsSupportedBy(hypervisor)
            ? new ConfinementChoice(Confinement.SystemCalls, $"{SystemCallFilter.Option} {SystemCallFilter.Value}")
            : new ConfinementChoice(Confinement.None, $"{hypervisor} has no {SystemCallFilter.Option}");
    }
}

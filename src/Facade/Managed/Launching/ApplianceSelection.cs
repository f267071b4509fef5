namespace Guestfs;

/// <summary>
/// Chooses the appliance to launch. One that has a fallback is booted once before it is first used with a qemu, because libguestfs
/// forgets the disks of a handle whose launch has failed. Where it does not boot, the fallback takes its place.
/// </summary>
internal sealed class ApplianceSelection(GuestfsHandle handle, ApplianceSource? source, Accelerator accelerator, Confinement? confinement)
{
    /// <summary>Whether the handle has a source of its own.</summary>
    internal bool HasSource => source is not null;

    /// <summary>
    /// How long an appliance that is tried may take: it may hang. A fast launch takes seconds; where it takes longer than
    /// this, a stock one takes four times as long and comes up all the same.
    /// </summary>
    internal TimeSpan TrialLimit { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>The appliance to launch, null for libguestfs' own choice, and what is to be done when it has launched.</summary>
    internal (ApplianceLease? Appliance, Action? Launched) Acquire(CancellationToken cancellationToken)
    {
        ApplianceLease? appliance = Acquire(source, cancellationToken);
        if (appliance is not { Fallback: { } fallback })
        {
            return (appliance, null);
        }

        BootRecord record = new(appliance.Directory, handle.GetHv());
        string? known = record.Failure, failure = known;
        if (known is null && !record.HasBooted)
        {
            try
            {
                failure = Try(appliance.Directory, record, cancellationToken);
            }
            catch
            {
                appliance.Dispose();
                throw;
            }
        }

        if (failure is null)
        {
            return (appliance, null);
        }

        string what = $"the appliance {appliance.Directory} did not boot with {handle.GetHv()}: {failure} It is replaced by another one";
        appliance.Dispose();
        ApplianceLease? other = Acquire(fallback, cancellationToken);
        if (known is not null)
        {
            handle.Events.Note(what);
            return (other, null);
        }

        // Remembered only when the other one has come up: until then the fault may lie elsewhere.
        handle.Events.Warn(what + ", from now on.");
        return (other, () => record.Write(failure));
    }

    private static ApplianceLease? Acquire(ApplianceSource? source, CancellationToken cancellationToken)
    {
        try
        {
            return source?.Acquire(cancellationToken);
        }
        catch (Exception e) when (e is not (OperationCanceledException or GuestfsException))
        {
            throw new GuestfsLaunchException(0, $"launch: {e.Message}", LaunchFailure.ApplianceUnavailable, remedy: null, console: [], e);
        }
    }

    // Why the appliance does not boot; null if it does, or if that cannot be told.
    private string? Try(string directory, BootRecord record, CancellationToken cancellationToken)
    {
        handle.Events.Note($"appliance: {directory} is tried with {handle.GetHv()}");
        try
        {
            using GuestfsHandle trial = new(
                new GuestfsHandleOptions
                {
                    IgnoreEnvironment = true, Accelerator = accelerator, Confinement = confinement, LaunchTimeout = TrialLimit,
                });
            trial.WarningReceived += (_, _) => { };
            trial.SetPath(directory);
            trial.SetHv(handle.GetHv());
            trial.SetBackend(handle.GetBackend());
            trial.SetBackendSettings(handle.GetBackendSettings());
            trial.SetMemsize(handle.GetMemsize());
            trial.SetSmp(handle.GetSmp());
            trial.SetAppend(handle.GetAppend());
            trial.SetTmpdir(handle.GetTmpdir());
            trial.AddDrive("/dev/null", new() { ReadOnly = true, Format = "raw" });
            trial.LaunchAsync(cancellationToken: cancellationToken).GetAwaiter().GetResult();
            record.Write(failure: null);
            return null;
        }
        catch (GuestfsLaunchException e)
        {
            return IsOfAppliance(e.Failure) ? CauseOf(e) : null;
        }
        catch (GuestfsException)
        {
            // The launch will meet the same.
            return null;
        }
    }

    // What a kernel, init or daemon that does not suit the machine ends in. All else is the host's fault, or the caller's.
    private static bool IsOfAppliance(LaunchFailure failure) => failure is LaunchFailure.ApplianceUnreadable or LaunchFailure.KernelPanic
        or LaunchFailure.InitFailed or LaunchFailure.DaemonNeverConnected or LaunchFailure.ApplianceDied or LaunchFailure.Other;

    // The message without what libguestfs said before, and the remedy after it.
    private static string CauseOf(GuestfsLaunchException failure)
    {
        string[] lines = failure.Message.Split('\n');
        return lines[failure.Remedy is null || lines.Length < 2 ? 0 : ^2];
    }
}

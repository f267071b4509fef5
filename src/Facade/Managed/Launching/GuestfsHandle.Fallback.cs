// A fast appliance of this library's own is tried before it is first used with a qemu: libguestfs forgets the disks of a handle
// whose launch has failed. Where it does not boot, one that starts as ever takes its place.
namespace Guestfs;

public sealed partial class GuestfsHandle
{
    /// <summary>
    /// How long a fast appliance that is tried may take: it may hang. A fast launch takes seconds; where it takes longer than
    /// this, a stock one takes four times as long and comes up all the same.
    /// </summary>
    internal TimeSpan TrialLimit { get; set; } = TimeSpan.FromMinutes(2);

    // What a kernel, init or daemon that does not suit the machine ends in. All else is the host's fault, or the caller's.
    private static bool IsOfAppliance(LaunchFailure failure) => failure is LaunchFailure.ApplianceUnreadable or LaunchFailure.KernelPanic
        or LaunchFailure.InitFailed or LaunchFailure.DaemonNeverConnected or LaunchFailure.ApplianceDied or LaunchFailure.Other;

    // The appliance to launch.
    private HeldAppliance? AcquireAppliance(CancellationToken cancellation)
    {
        HeldAppliance? appliance = applianceSource?.Acquire(stock: false, cancellation);
        if (appliance is not { MayBeReplaced: true } || !ApplianceFiles.IsFast(appliance.Directory))
        {
            return appliance;
        }

        BootRecord record = new(appliance.Directory, GetHv());
        string? known = record.Failure, failure = known;
        if (known is null && !record.HasBooted)
        {
            try
            {
                failure = TryAppliance(appliance.Directory, record, cancellation);
            }
            catch
            {
                appliance.Dispose();
                throw;
            }
        }

        if (failure is null)
        {
            return appliance;
        }

        string what = $"the appliance {appliance.Directory}, of the profile fast, did not boot with {GetHv()}: {failure} One of the profile stock takes its place";
        appliance.Dispose();
        HeldAppliance? stock = applianceSource!.Acquire(stock: true, cancellation);
        if (known is not null)
        {
            Note(what);
            return stock;
        }

        // Remembered when the other has come up, and not before: the fault may lie elsewhere.
        Warn(what + ", now and later.");
        stock?.Launched = () => record.Write(failure);
        return stock;
    }

    // Why the appliance does not boot; null if it does, or if that cannot be told.
    private string? TryAppliance(string directory, BootRecord record, CancellationToken cancellation)
    {
        Note($"appliance: {directory} is tried with {GetHv()}");
        try
        {
            using GuestfsHandle trial = new(new GuestfsHandleOptions { IgnoreEnvironment = true, Accelerator = accelerator, LaunchTimeout = TrialLimit });
            trial.Warning += (_, _) => { };
            trial.SetPath(directory);
            trial.SetHv(GetHv());
            trial.SetBackend(GetBackend());
            trial.SetBackendSettings(GetBackendSettings());
            trial.SetMemsize(GetMemsize());
            trial.SetSmp(GetSmp());
            trial.SetAppend(GetAppend());
            trial.SetTmpdir(GetTmpdir());
            trial.AddDrive("/dev/null", new() { ReadOnly = true, Format = "raw" });
            trial.LaunchAsync(cancellationToken: cancellation).GetAwaiter().GetResult();
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

    // The message without what libguestfs said before, and the remedy after it.
    private static string CauseOf(GuestfsLaunchException failure)
    {
        string[] lines = failure.Message.Split('\n');
        return lines[failure.Remedy is null || lines.Length < 2 ? 0 : ^2];
    }
}

using System.Diagnostics.CodeAnalysis;

using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Guestfs.Extensions.Hosting;

/// <summary>Whether there is a library, an appliance, and whether it launches; asked anew only after some time.</summary>
internal sealed class GuestfsHealthCheck(GuestfsFactory factory, Trial trial, TimeProvider time, TimeSpan cacheFor)
    : IHealthCheck, IDisposable
{
    private readonly SemaphoreSlim one = new(1, 1);
    private HealthCheckResult? last;
    private long lastTime;

    /// <inheritdoc/>
    public void Dispose() => one.Dispose();

    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        // Those that ask at the same time have the answer of the first.
        await one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (last is { } known && time.GetElapsedTime(lastTime) < cacheFor)
            {
                return known;
            }

            if (factory.Admission.TryEnter() is not { } slot)
            {
                // A check does not take its place among the requests: what holds all slots has been launched.
                return last ?? HealthCheckResult.Healthy($"Not tried: all {factory.Admission.Capacity} appliances are in use.");
            }

            HealthCheckResult result = await TryAsync(slot, context.Registration.FailureStatus, cancellationToken).ConfigureAwait(false);
            (last, lastTime) = (result, time.GetTimestamp());
            return result;
        }
        finally
        {
            one.Release();
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "It is the result.")]
    private async Task<HealthCheckResult> TryAsync(Slot slot, HealthStatus failureStatus, CancellationToken cancellationToken)
    {
        try
        {
            return HealthCheckResult.Healthy(
                "An appliance was launched.", await trial.RunAsync(slot, "health check", cancellationToken).ConfigureAwait(false));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            string part = e is DllNotFoundException ? "The library cannot be used"
                : e is GuestfsLaunchException { Failure: LaunchFailure.ApplianceUnavailable } ? "There is no appliance"
                : "The appliance cannot be launched";
            return new HealthCheckResult(failureStatus, $"{part}: {e.Message}", e);
        }
    }
}

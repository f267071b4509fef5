using System.Diagnostics;

using Microsoft.Extensions.Logging;

namespace Guestfs.Extensions.Hosting;

/// <summary>Launches an appliance with an empty disk, and asks its daemon for a word.</summary>
internal sealed class Trial(GuestfsFactory factory, ILoggerFactory loggers)
{
    private readonly ILogger log = loggers.CreateLogger(HostingLog.Category);

    /// <summary>Launches in a slot, and frees it.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="what">What it is for, in the log.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What is known of it.</returns>
    internal async Task<Dictionary<string, object>> RunAsync(Slot slot, string what, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        try
        {
            GuestfsLease lease = await GuestfsFactory
                .LaunchAsync(factory.Create(slot), handle => handle.AddDriveScratch(1 << 20), cancellationToken).ConfigureAwait(false);
            await using (lease.ConfigureAwait(false))
            {
                GuestfsHandle handle = lease.Handle;
                await handle.RunAsync(g => g.PingDaemon(), cancellationToken: cancellationToken).ConfigureAwait(false);
                double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
                HostingLog.Launched(log, seconds, what);
                GuestfsVersion version = handle.Version();
                return new()
                {
                    ["libguestfs"] = $"{version.Major}.{version.Minor}.{version.Release}",
                    ["launchSeconds"] = Math.Round(seconds, 3),
                    ["accelerator"] = handle.AcceleratorChoice!.Accelerator.ToString(),
                };
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            HostingLog.LaunchFailed(log, e, what);
            throw;
        }
    }
}

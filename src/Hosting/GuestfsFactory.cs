using System.Diagnostics;

using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Guestfs.Extensions.Hosting;

/// <summary>The factory of the service collection.</summary>
internal sealed class GuestfsFactory : IGuestfsFactory, IDisposable
{
    private readonly GuestfsOptions options;
    private readonly ApplianceSource? appliance;
    private readonly ILoggerFactory loggers;
    private readonly ILogger log;
    private readonly FactoryMetrics metrics;
    private readonly TimeProvider time;

    // No more than these: what is not among the services is null.
    public GuestfsFactory(IOptions<GuestfsOptions> options, ILoggerFactory loggers, ApplianceSource? appliance, TimeProvider? time)
    {
        this.options = options.Value;
        this.loggers = loggers;
        this.time = time ?? TimeProvider.System;
        this.appliance = this.options.AppliancePath is { } path ? ApplianceSource.InDirectory(path) : appliance;
        log = loggers.CreateLogger(HostingLog.Category);
        Admission = new Admission(
            Capacity.OfThisHost(this.options), this.options.MaxQueueLength, this.options.QueueTimeout, this.time,
            () => HostingLog.LeaseForgotten(log));
        metrics = new FactoryMetrics(Admission);
        long megabytes = Capacity.Megabytes(this.options);
        HostingLog.CapacityChosen(log, Admission.Capacity, megabytes, this.options.ApplianceProcessors);
    }

    /// <summary>Who is let in.</summary>
    internal Admission Admission { get; }

    /// <inheritdoc/>
    public void Dispose() => metrics.Dispose();

    /// <inheritdoc/>
    public async Task<GuestfsLease> OpenAsync(CancellationToken cancellationToken = default) =>
        Create(await EnterAsync(cancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public async Task<GuestfsLease> LaunchAsync(Action<GuestfsHandle> configure, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return await LaunchAsync(await OpenAsync(cancellationToken).ConfigureAwait(false), configure, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Has disks added to a handle, and launches it; disposes of it where that fails.</summary>
    internal static async Task<GuestfsLease> LaunchAsync(
        GuestfsLease lease, Action<GuestfsHandle> configure, CancellationToken cancellationToken)
    {
        try
        {
            configure(lease.Handle);
            await lease.Handle.LaunchAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            return lease;
        }
        catch
        {
            await lease.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Creates the handle of a slot; gives the slot back where that fails.</summary>
    internal GuestfsLease Create(Slot slot)
    {
        try
        {
            return new GuestfsLease(CreateHandle(), slot);
        }
        catch
        {
            slot.Dispose();
            throw;
        }
    }

    private GuestfsHandle CreateHandle()
    {
        GuestfsHandle handle = new(new GuestfsHandleOptions
        {
            LoggerFactory = loggers,
            Appliance = appliance,
            Accelerator = options.Accelerator,
            LaunchTimeout = options.LaunchTimeout,
            CancellationTimeout = options.CancellationTimeout,
        });
        try
        {
            handle.SetMemsize(options.ApplianceMemoryMegabytes);
            handle.SetSmp(options.ApplianceProcessors);
            if (options.Backend is { } backend)
            {
                handle.SetBackend(backend);
            }

            return handle;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    private async Task<Slot> EnterAsync(CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        string outcome = "admitted";
        try
        {
            Task<Slot> turn = Admission.EnterAsync(cancellationToken);
            if (!turn.IsCompleted)
            {
                HostingLog.Queued(log, Admission.QueueLength, Admission.Capacity);
            }

            return await turn.ConfigureAwait(false);
        }
        catch (GuestfsBusyException e)
        {
            outcome = "refused";
            HostingLog.Refused(log, e.Message);
            throw;
        }
        catch (OperationCanceledException)
        {
            outcome = "cancelled";
            throw;
        }
        finally
        {
            metrics.Waited(time.GetElapsedTime(start), outcome);
        }
    }
}

using System.Diagnostics.CodeAnalysis;

namespace Guestfs.Extensions.Hosting;

/// <summary>A handle and its slot. Disposing closes the handle, ends its appliance, and gives the slot to who waits longest.</summary>
public sealed class GuestfsLease : IDisposable, IAsyncDisposable
{
    private readonly Slot slot;

    internal GuestfsLease(GuestfsHandle handle, Slot slot)
    {
        Handle = handle;
        this.slot = slot;
    }

    /// <summary>The handle. Dispose the lease, not the handle alone, which keeps the slot.</summary>
    public GuestfsHandle Handle { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Handle.Dispose();
        }
        finally
        {
            slot.Dispose();
        }
    }

    /// <inheritdoc/>
    [SuppressMessage("Reliability", "CA2007", Justification = "It is configured.")]
    public async ValueTask DisposeAsync()
    {
        try
        {
            await Handle.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            slot.Dispose();
        }
    }
}

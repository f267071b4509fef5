using System.Runtime.InteropServices;

using Guestfs.Interop;

namespace Guestfs;

/// <summary>Owns the C handle and what C holds a pointer to; closes them even when nobody disposed.</summary>
internal sealed unsafe class GuestfsSafeHandle : SafeHandle
{
    private readonly HandleLog? log;
    private GCHandle eventTarget;

    internal GuestfsSafeHandle(guestfs_h* pointer, HandleLog? log)
        : base(0, ownsHandle: true)
    {
        this.log = log;
        SetHandle((nint)pointer);
        GC.AddMemoryPressure(HandleCreation.Cost);
        GuestfsMetrics.CountHandle(1);
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>The argument of event callbacks: a weak reference, so that events do not keep the managed handle alive.</summary>
    internal nint EventTarget(GuestfsHandle target)
    {
        if (!eventTarget.IsAllocated)
        {
            eventTarget = GCHandle.Alloc(target, GCHandleType.Weak);
        }

        return GCHandle.ToIntPtr(eventTarget);
    }

    protected override void Dispose(bool disposing)
    {
        if (!disposing)
        {
            log?.NotDisposed();
        }

        base.Dispose(disposing);
    }

    protected override bool ReleaseHandle()
    {
        // Each thread has an error handler of its own, and the one that closes has perhaps called nothing before: of an appliance that has
        // died libguestfs would print what it says at the end.
        LibGuestfs.guestfs_set_error_handler((guestfs_h*)handle, null, null);
        LibGuestfs.guestfs_close((guestfs_h*)handle);
        GC.RemoveMemoryPressure(HandleCreation.Cost);
        GuestfsMetrics.CountHandle(-1);
        if (eventTarget.IsAllocated)
        {
            eventTarget.Free();
        }

        return true;
    }
}

// One process, by a descriptor instead of a number: the kernel gives the number of a dead process to another one.
using System.Runtime.InteropServices;

using Guestfs.Interop;

namespace Guestfs;

/// <summary>A process that can be watched and killed safely, however long ago it ended: pidfd_open(2).</summary>
internal sealed class ProcessReference : SafeHandle
{
    private ProcessReference(nint descriptor, int id)
        : base(-1, ownsHandle: true)
    {
        SetHandle(descriptor);
        Id = id;
    }

    public override bool IsInvalid => handle < 0;

    /// <summary>The number it had; for messages.</summary>
    internal int Id { get; }

    /// <summary>Whether it has ended. Its parent need not have waited for it yet.</summary>
    internal unsafe bool HasEnded
    {
        get
        {
            using BorrowedDescriptor descriptor = new(this);
            pollfd wanted = new() { fd = descriptor, events = Libc.POLLIN };
            return Libc.poll(&wanted, 1, 0) == 1;
        }
    }

    /// <summary>
    /// The process that has this number now; null when there is none, or the kernel (before 5.3) or a sandbox has no such
    /// descriptors. The caller makes sure, after this, that it is the one he means.
    /// </summary>
    internal static ProcessReference? TryOpen(int id)
    {
        // Older C libraries have no functions for these.
        nint descriptor = Libc.syscall(Libc.SYS_pidfd_open, id, 0, 0, 0);
        return descriptor < 0 ? null : new ProcessReference(descriptor, id);
    }

    /// <summary>Ends it at once. One that has ended already is left alone.</summary>
    internal void Kill()
    {
        using BorrowedDescriptor descriptor = new(this);
        _ = Libc.syscall(Libc.SYS_pidfd_send_signal, (int)descriptor, Libc.SIGKILL, 0, 0);
    }

    protected override bool ReleaseHandle() => Libc.close((int)handle) == 0;
}

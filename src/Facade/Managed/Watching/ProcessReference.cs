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
    internal bool HasEnded => EndsWithin(TimeSpan.Zero);

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

    /// <summary>How it ended, if it is a child of this process that nobody has waited for yet; it is left to be waited for. Kernels from
    /// 6.15 on tell it later, too.</summary>
    /// <param name="limit">How long it may take to end.</param>
    internal unsafe ProcessEnd? TryWait(TimeSpan limit)
    {
        _ = EndsWithin(limit);
        using BorrowedDescriptor descriptor = new(this);
        siginfo_t info = default;
        return Libc.waitid(Libc.P_PIDFD, (uint)(int)descriptor, &info, Libc.WEXITED | Libc.WNOHANG | Libc.WNOWAIT) == 0 && info.si_pid != 0
            ? info.si_code == Libc.CLD_EXITED ? new ProcessEnd(0, info.si_status) : new ProcessEnd(info.si_status, 0)
            : AskForEnd(descriptor);
    }

    // struct pidfd_info of linux/pidfd.h in its first size: what is asked for and told comes first, the status, as of waitpid(2), last.
    private static unsafe ProcessEnd? AskForEnd(int descriptor)
    {
        const int size = 64;
        const nuint pidfdGetInfo = 0xC000_FF0B | (size << 16);
        const ulong exit = 1 << 3;
        ulong* info = stackalloc ulong[size / sizeof(ulong)];
        new Span<ulong>(info, size / sizeof(ulong)).Clear();
        info[0] = exit;
        if (Libc.ioctl(descriptor, pidfdGetInfo, info) != 0 || (info[0] & exit) == 0)
        {
            return null;
        }

        int status = ((int*)info)[(size / sizeof(int)) - 1], signal = status & 0x7F;
        return signal != 0 ? new ProcessEnd(signal, 0) : new ProcessEnd(0, (status >> 8) & 0xFF);
    }

    private unsafe bool EndsWithin(TimeSpan limit)
    {
        using BorrowedDescriptor descriptor = new(this);
        pollfd wanted = new() { fd = descriptor, events = Libc.POLLIN };
        return Libc.poll(&wanted, 1, (int)limit.TotalMilliseconds) == 1;
    }

    protected override bool ReleaseHandle() => Libc.close((int)handle) == 0;
}

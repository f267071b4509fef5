// One process, by a descriptor instead of a number: the kernel gives the number of a dead process to another one.
using System.Runtime.InteropServices;

namespace Guestfs;

/// <summary>A process that can be watched and killed safely, however long ago it ended: pidfd_open(2).</summary>
internal sealed partial class ProcessReference : SafeHandle
{
    // The same on every architecture that .NET runs on; older C libraries have no functions for them.
    private const nint PidfdOpen = 434, PidfdSendSignal = 424;
    private const int SigKill = 9;
    private const short PollIn = 1;

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
            bool added = false;
            try
            {
                DangerousAddRef(ref added);
                PollDescriptor descriptor = new() { Descriptor = (int)handle, Events = PollIn };
                return poll(&descriptor, 1, 0) == 1;
            }
            finally
            {
                if (added)
                {
                    DangerousRelease();
                }
            }
        }
    }

    /// <summary>
    /// The process that has this number now; null when there is none, or the kernel (before 5.3) or a sandbox has no such
    /// descriptors. The caller makes sure, after this, that it is the one he means.
    /// </summary>
    internal static ProcessReference? TryOpen(int id)
    {
        nint descriptor = syscall(PidfdOpen, id, 0, 0, 0);
        return descriptor < 0 ? null : new ProcessReference(descriptor, id);
    }

    /// <summary>Ends it at once. One that has ended already is left alone.</summary>
    internal void Kill()
    {
        bool added = false;
        try
        {
            DangerousAddRef(ref added);
            _ = syscall(PidfdSendSignal, handle, SigKill, 0, 0);
        }
        finally
        {
            if (added)
            {
                DangerousRelease();
            }
        }
    }

    protected override bool ReleaseHandle() => close((int)handle) == 0;

    [LibraryImport("libc")]
    private static partial nint syscall(nint number, nint first, nint second, nint third, nint fourth);

    [LibraryImport("libc")]
    private static partial int close(int descriptor);

    [LibraryImport("libc")]
    private static unsafe partial int poll(PollDescriptor* descriptors, nuint count, int timeout);

    private struct PollDescriptor
    {
        public int Descriptor;
        public short Events, Returned;
    }
}

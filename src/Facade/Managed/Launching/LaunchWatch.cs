// What is seen of one launch: the console, every error (libguestfs keeps only the last), and the time.
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using Guestfs.Interop;

namespace Guestfs;

/// <summary>Watches guestfs_launch in the calling thread, and ends what it started when the time is over.</summary>
internal sealed unsafe class LaunchWatch : IDisposable
{
    private readonly guestfs_h* pointer;
    private readonly CancellableCall? cancellable;
    private readonly List<LaunchError> errors = [];
    private readonly long start = Environment.TickCount64;
    private readonly GCHandle self;

    /// <summary>Begins, inside the call.</summary>
    internal LaunchWatch(GuestfsHandle handle, TimeSpan? limit)
    {
        pointer = handle.Calls.Pointer;
        self = GCHandle.Alloc(this);
        LibGuestfs.guestfs_set_error_handler(pointer, &OnError, (void*)GCHandle.ToIntPtr(self));
        if (limit is { } time)
        {
            cancellable = new CancellableCall(handle, CancelMethod.EndLaunch);
            cancellable.Begin();
            cancellable.Cancel(time);
        }
    }

    /// <summary>All errors, in their order.</summary>
    internal IReadOnlyList<LaunchError> Errors => errors;

    /// <summary>How long it has taken so far.</summary>
    internal TimeSpan Duration => TimeSpan.FromMilliseconds(Environment.TickCount64 - start);

    /// <summary>The disks before the launch.</summary>
    internal required IReadOnlyList<string> Drives { get; init; }

    /// <summary>Whether it was ended because it took too long.</summary>
    internal bool TimedOut { get; private set; }

    /// <summary>The launch has returned; from now on nothing is killed.</summary>
    internal void Finish()
    {
        TimedOut = cancellable?.End() ?? false;
        LibGuestfs.guestfs_set_error_handler(pointer, null, null);
    }

    public void Dispose()
    {
        Finish();
        self.Free();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnError(guestfs_h* handle, void* watch, byte* message) =>
        ((LaunchWatch)GCHandle.FromIntPtr((nint)watch).Target!).errors.Add(
            new LaunchError(NativeResult.ReadString(message), LibGuestfs.guestfs_last_errno(handle)));
}

/// <summary>An error that libguestfs has told during a launch.</summary>
/// <param name="Message">In the user's language.</param>
/// <param name="Errno">Its number, or 0.</param>
internal readonly record struct LaunchError(string Message, int Errno);

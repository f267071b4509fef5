// What is seen of one launch: the console, every error (libguestfs keeps only the last), and the time.
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using Guestfs.Interop;

namespace Guestfs;

/// <summary>Watches guestfs_launch in the calling thread, and ends what it started when the time is over.</summary>
internal sealed unsafe class LaunchWatch : IDisposable
{
    // Between two looks for processes that libguestfs started since.
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(200);

    private readonly Lock gate = new();
    private readonly guestfs_h* pointer;
    private readonly OwnProcesses processes;
    private readonly Timer? timer;
    private readonly List<string> errors = [];
    private readonly GCHandle self;
    private bool over;

    internal LaunchWatch(guestfs_h* pointer, TimeSpan? limit)
    {
        this.pointer = pointer;
        processes = OwnProcesses.OfThisThread();
        self = GCHandle.Alloc(this);
        LibGuestfs.guestfs_set_error_handler(pointer, &OnError, (void*)GCHandle.ToIntPtr(self));
        timer = limit is { } time ? new Timer(_ => EndForTime(), null, time, Again) : null;
    }

    /// <summary>The messages of all errors, in their order.</summary>
    internal IReadOnlyList<string> Errors => errors;

    /// <summary>Whether it was ended because it took too long.</summary>
    internal bool TimedOut { get; private set; }

    /// <summary>The launch has returned; from now on nothing is killed.</summary>
    internal void Finish()
    {
        lock (gate)
        {
            over = true;
        }

        LibGuestfs.guestfs_set_error_handler(pointer, null, null);
    }

    public void Dispose()
    {
        Finish();
        timer?.Dispose();
        self.Free();
    }

    private void EndForTime()
    {
        lock (gate)
        {
            if (!over)
            {
                TimedOut = true;
                processes.Kill();
            }
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnError(guestfs_h* handle, void* watch, byte* message) =>
        ((LaunchWatch)GCHandle.FromIntPtr((nint)watch).Target!).errors.Add(NativeResult.ReadString(message));
}

// Counts how often libguestfs closes each handle, without our library's help: its own close event, straight from C.
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using Guestfs.Interop;

using Xunit;

namespace Guestfs.Tests.Support;

/// <summary>Counters in native memory, one a handle.</summary>
internal sealed unsafe class CloseCounter(int handles) : IDisposable
{
    private readonly int* counts = (int*)NativeMemory.AllocZeroed((nuint)handles, sizeof(int));
    private int watched;

    /// <summary>How often each watched handle was closed.</summary>
    internal int[] Counts => new ReadOnlySpan<int>(counts, watched).ToArray();

    public void Dispose() => NativeMemory.Free(counts);

    internal void Watch(GuestfsHandle handle)
    {
        Assert.True(watched < handles);
        using Call call = new(handle);
        Assert.NotEqual(
            -1, LibGuestfs.guestfs_set_event_callback(call.Handle, &OnClose, LibGuestfs.GUESTFS_EVENT_CLOSE, 0, counts + watched));
        watched++;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnClose(
        guestfs_h* handle, void* count, ulong kind, int id, int flags, byte* text, nuint textLength, ulong* numbers, nuint numberCount) =>
        Interlocked.Increment(ref *(int*)count);
}

// The functions of heapwatch.c, when it is preloaded.
using System.Runtime.InteropServices;

namespace Guestfs.Tests.Child.Heap;

/// <summary>What became of the heap blocks of one thread.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct HeapReport
{
    internal long Allocated;
    internal long Live;
    internal long LiveBytes;
    internal long FreedTwice;
    internal long Secrets;
}

/// <summary>Watches the malloc and free calls of the present thread.</summary>
internal static unsafe class HeapWatch
{
    private static readonly delegate* unmanaged<void> Begin = (delegate* unmanaged<void>)Symbol("heapwatch_begin");
    private static readonly delegate* unmanaged<HeapReport*, void> End = (delegate* unmanaged<HeapReport*, void>)Symbol("heapwatch_end");

    internal static HeapReport Watch(Action action, int times)
    {
        Begin();
        for (int i = 0; i < times; i++)
        {
            action();
        }

        HeapReport report;
        End(&report);
        return report;
    }

    private static nint Symbol(string name) => NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), name);
}

// What the kernel and the heaps say that this process has: the judges of leaks.
using System.Runtime.InteropServices;

namespace Guestfs.TestSupport;

/// <summary>The resources of this process at one moment.</summary>
/// <param name="Files">What each open file descriptor is of, in order, without assemblies, which the runtime opens when it needs
/// them.</param>
/// <param name="Threads">Threads.</param>
/// <param name="Children">Children, also those that have ended and that nobody has waited for.</param>
/// <param name="Memory">
/// Bytes in use, as C's heap and the garbage collector's tell. Not what is resident: how much of the heap is kept for later
/// depends on the processor.
/// </param>
public sealed partial record ProcessResources(IReadOnlyList<string> Files, int Threads, int Children, long Memory)
{
    /// <summary>How many file descriptors are open.</summary>
    public int Descriptors => Files.Count;

    /// <summary>Those of now, after the garbage collector has done what it can.</summary>
    public static ProcessResources Now()
    {
        for (int i = 0; i < 3; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return new ProcessResources(
            FilesAtRest(),
            Directory.GetDirectories("/proc/self/task").Length,
            Directory.GetDirectories("/proc/self/task").Sum(ChildrenOf),
            BytesOfC() + GC.GetTotalMemory(forceFullCollection: true));
    }

    /// <summary>What is allocated in C's heap: mallinfo2(3).</summary>
    public static long BytesOfC()
    {
        HeapInformation heap = mallinfo2();
        return (long)(heap.UsedBlocks + heap.MappedBlocks);
    }

    /// <summary>Those of now, once there are no more threads and descriptors than before: what other threads do takes a moment to
    /// end.</summary>
    public static ProcessResources After(ProcessResources before)
    {
        ArgumentNullException.ThrowIfNull(before);
        ProcessResources now = Now();
        for (int tries = 0; tries < 50 && (now.Threads > before.Threads || now.Descriptors > before.Descriptors);
            tries++)
        {
            Thread.Sleep(100);
            now = Now();
        }

        return now;
    }

    // What another thread has open for a moment, such as a file of /proc that it reads, is no part of either state.
    private static IReadOnlyList<string> FilesAtRest()
    {
        IReadOnlyList<string> files = OpenFiles();
        for (int tries = 0; tries < 50; tries++)
        {
            Thread.Sleep(20);
            IReadOnlyList<string> again = OpenFiles();
            if (again.SequenceEqual(files))
            {
                break;
            }

            files = again;
        }

        return files;
    }

    // Without the descriptor of this listing.
    private static IReadOnlyList<string> OpenFiles() =>
    [
        .. Directory.GetFileSystemEntries("/proc/self/fd")
            .Select(file => new FileInfo(file).LinkTarget ?? "")
            .Where(name => name.Length > 0
                && !name.EndsWith(".dll", StringComparison.Ordinal)
                && !name.EndsWith($"/{Environment.ProcessId}/fd", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    private static int ChildrenOf(string task)
    {
        try
        {
            return File.ReadAllText(task + "/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
        }
        catch (IOException)
        {
            // The thread has ended.
            return 0;
        }
    }

    [LibraryImport("libc")]
    private static partial HeapInformation mallinfo2();

    private readonly record struct HeapInformation(
        nuint Arena, nuint FreeChunks, nuint FreeFastBlocks, nuint MappedRegions, nuint MappedBlocks, nuint Maximum, nuint FastFree,
        nuint UsedBlocks, nuint Free, nuint Releasable);
}

// Knows whether this process was forked from one that had used the library: the runtime's threads are not in it.
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Guestfs.Exports;

/// <summary>A page of memory that the kernel clears in a child; asking costs a read, not a system call.</summary>
internal static unsafe partial class Fork
{
    private const int ReadWrite = 3, PrivateAnonymous = 0x22, WipeOnFork = 18;

    private static byte* page;

    /// <summary>Whether the library has stopped working, because this is a child of the process that started it.</summary>
    internal static bool IsChild
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => page != null && *page == 0;
    }

    // With a kernel that cannot do it (before 4.14) children are not noticed.
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255:The 'ModuleInitializer' attribute should not be used in libraries", Justification = "It is a library of C callers: this is where it starts.")]
    internal static void Watch()
    {
        nuint size = (nuint)Environment.SystemPageSize;
        byte* memory = mmap(null, size, ReadWrite, PrivateAnonymous, -1, 0);
        if (memory != (byte*)-1 && madvise(memory, size, WipeOnFork) == 0)
        {
            *memory = 1;
            page = memory;
        }
    }

    [LibraryImport("libc")]
    private static partial byte* mmap(void* address, nuint length, int protection, int flags, int file, long offset);

    [LibraryImport("libc")]
    private static partial int madvise(void* address, nuint length, int advice);
}

// Deliberate mistakes in freeing: what the heap watcher does not see here it would not see elsewhere.
using System.Runtime.InteropServices;

using Guestfs.Interop;
using Guestfs.TestSurface;

namespace Guestfs.Tests.Child.Heap;

/// <summary>Raw calls with each sort of mistake.</summary>
internal static unsafe class FaultyCalls
{
    private static readonly guestfs_h* Handle = LibGuestfs.guestfs_create_flags(LibGuestfs.GUESTFS_CREATE_NO_ENVIRONMENT);

    internal static IEnumerable<(string Name, int Times, Action<GuestfsHandle> Call)> All() =>
    [
        ("control: nothing wrong", 1000, _ => NativeMemory.Free(String())),
        ("control: string not freed", 1000, _ => String()),
        ("control: string freed twice", 1000, _ =>
        {
            byte* text = String();
            NativeMemory.Free(text);
            NativeMemory.Free(text);
        }),
        ("control: only the array of a list freed", 1000, _ => NativeMemory.Free(List())),
        ("control: only the block of a structure freed", 1000, _ => NativeMemory.Free(Structure())),
    ];

    /// <summary>A string from C that nobody frees.</summary>
    internal static byte* String()
    {
        fixed (byte* text = "text"u8)
        {
            return LibGuestfsInternal.guestfs_internal_test_rstring(Handle, text);
        }
    }

    private static byte** List()
    {
        fixed (byte* ten = "10"u8)
        {
            return LibGuestfsInternal.guestfs_internal_test_rstringlist(Handle, ten);
        }
    }

    private static guestfs_lvm_pv* Structure()
    {
        fixed (byte* text = "text"u8)
        {
            return LibGuestfsInternal.guestfs_internal_test_rstruct(Handle, text);
        }
    }
}

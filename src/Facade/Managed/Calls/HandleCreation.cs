using System.Runtime.InteropServices;

using Guestfs.Interop;

namespace Guestfs;

/// <summary>
/// guestfs_create(3), which takes a key of thread-specific data for each handle, and ends the process where none is left: a
/// process has 1,024 with glibc, 128 with musl, for all libraries together.
/// </summary>
internal static unsafe class HandleCreation
{
    /// <summary>What the garbage collector is told that a handle costs: more than its memory, for its key is scarcer.</summary>
    internal const int Cost = 16 << 10;

    private const int Eagain = 11;

    // Left for others, who may take some between the trial and the creation.
    private const int Spare = 16;

    private static readonly Lock Gate = new();
    private static delegate* unmanaged<uint*, nint, int> createKey;
    private static delegate* unmanaged<uint, int> deleteKey;

    /// <summary>Creates a handle that libguestfs does not close at exit, and that has not read the environment.</summary>
    /// <returns>Null where libguestfs cannot.</returns>
    /// <exception cref="GuestfsException">There are too many.</exception>
    internal static guestfs_h* Create()
    {
        if (TryCreate(out guestfs_h* handle))
        {
            return handle;
        }

        // Those that nobody has disposed of, nor uses any more.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return TryCreate(out handle) ? handle : throw new GuestfsException(
            "create",
            Eagain,
            "There are too many handles: each needs one of the process's keys of thread-specific data (pthread_key_create), "
            + "and hardly any are left. " +
            "With glibc about a thousand handles can be open at a time. Close those that are not needed any more.");
    }

    private static bool TryCreate(out guestfs_h* handle)
    {
        lock (Gate)
        {
            handle = null;
            createKey = (delegate* unmanaged<uint*, nint, int>)Find((nint)createKey, "pthread_key_create");
            deleteKey = (delegate* unmanaged<uint, int>)Find((nint)deleteKey, "pthread_key_delete");
            if (!HasKeys())
            {
                return false;
            }

            handle = LibGuestfs.guestfs_create_flags(LibGuestfs.GUESTFS_CREATE_NO_CLOSE_ON_EXIT | LibGuestfs.GUESTFS_CREATE_NO_ENVIRONMENT);
            return true;
        }
    }

    private static bool HasKeys()
    {
        uint* keys = stackalloc uint[Spare];
        int count = 0;
        while (count < Spare && createKey(keys + count, 0) == 0)
        {
            count++;
        }

        bool enough = count == Spare;
        while (count > 0)
        {
            _ = deleteKey(keys[--count]);
        }

        return enough;
    }

    // Of whichever library libguestfs has it from: that of threads, before glibc 2.34. There is no libguestfs without it. Not in an
    // initializer, which would wrap the exception of a library that cannot be loaded.
    private static nint Find(nint known, string name) => known != 0 ? known
        : NativeLibrary.TryGetExport(GuestfsLibrary.Load(), name, out nint address) ? address : throw new EntryPointNotFoundException(name);
}

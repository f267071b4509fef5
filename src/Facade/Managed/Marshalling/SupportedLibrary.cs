using Guestfs.Interop;

namespace Guestfs;

/// <summary>Checks the loaded library once a process.</summary>
internal static unsafe class SupportedLibrary
{
    /// <summary>1.40: every function older than this is assumed to be there; newer ones are checked when called.</summary>
    internal const int OldestMinor = 40;

    private static bool good;

    /// <exception cref="GuestfsException">The library is older.</exception>
    internal static void Check()
    {
        if (!Volatile.Read(ref good))
        {
            CheckOnce();
        }
    }

    private static void CheckOnce()
    {
        guestfs_h* handle = HandleCreation.Create();
        if (handle == null)
        {
            return;
        }

        guestfs_version* version = LibGuestfs.guestfs_version(handle);
        (long major, long minor, long release) = version == null ? (1, OldestMinor, 0) : (version->major, version->minor, version->release);
        LibGuestfs.guestfs_free_version(version);
        LibGuestfs.guestfs_close(handle);
        if (major < 1 || (major == 1 && minor < OldestMinor))
        {
            throw new GuestfsException(
                "create",
                0,
                $"{GuestfsLibrary.LoadedFrom} is libguestfs {major}.{minor}.{release}. This API needs 1.{OldestMinor} or later: "
                + "install a newer libguestfs.");
        }

        Volatile.Write(ref good, true);
    }
}

// copy_in and copy_out, for which libguestfs has the host's tar at the other end of a transfer: it takes no notice of a transfer
// that failed, once tar itself has ended well.
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using Guestfs.Interop;

namespace Guestfs;

/// <summary>Sees the errors inside a call.</summary>
internal static unsafe class HostCopy
{
    /// <summary>Begins to count the errors of the calls that a call is made of.</summary>
    internal static void Watch(guestfs_h* handle, int* errors) => LibGuestfs.guestfs_push_error_handler(handle, &OnError, errors);

    /// <summary>Ends that; a call in which there was an error has failed.</summary>
    internal static int Result(guestfs_h* handle, int result, int* errors)
    {
        LibGuestfs.guestfs_pop_error_handler(handle);
        return *errors == 0 ? result : -1;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnError(guestfs_h* handle, void* errors, byte* message) => ++*(int*)errors;
}

using System.Runtime.InteropServices;

using Guestfs.Interop;

namespace Guestfs.Cli.Guests;

/// <summary>Has libvirt keep its errors to itself: it writes each to standard error, before libguestfs tells of it.</summary>
internal static unsafe class LibvirtMessages
{
    internal static void Silence()
    {
        GuestfsLibrary.Load();

        // The one that libguestfs uses, if it has one.
        if (NativeLibrary.TryLoad("libvirt.so.0", out nint library)
            && NativeLibrary.TryGetExport(library, "virSetErrorFunc", out nint function))
        {
            ((delegate* unmanaged[Cdecl]<nint, delegate* unmanaged[Cdecl]<nint, nint, void>, void>)function)(0, &Nothing);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(System.Runtime.CompilerServices.CallConvCdecl)])]
    private static void Nothing(nint data, nint error)
    {
    }
}

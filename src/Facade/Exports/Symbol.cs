using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using Guestfs.Interop;

namespace Guestfs.Exports;

/// <summary>The functions of the loaded libguestfs, by address instead of by import:
/// one that the library lacks is null, not an exception.</summary>
internal static unsafe class Symbol
{
    /// <summary>A function's address.</summary>
    /// <param name="address">Where it is kept.</param>
    /// <param name="name">Its name.</param>
    /// <returns>The address, or null; for a library that cannot be loaded too, but nobody has a handle then.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void* Find(ref nint address, string name)
    {
        nint known = address;
        return (void*)(known != 0 ? known : Look(ref address, name));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "None may reach C.")]
    private static nint Look(ref nint address, string name)
    {
        try
        {
            return NativeLibrary.TryGetExport(GuestfsLibrary.Load(), name, out nint found) ? address = found : 0;
        }
        catch (Exception)
        {
            return 0;
        }
    }
}

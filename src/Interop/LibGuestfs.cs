// The one declaration that cannot be generated: a variadic function without an _argv twin.
using System.Runtime.InteropServices;

namespace Guestfs.Interop;

/// <summary>The C API of libguestfs, word for word. Documented in guestfs(3).</summary>
public static unsafe partial class LibGuestfs
{
    /// <summary>
    /// Creates a handle: guestfs_create_flags(3). In C it is variadic, but no flag takes a further argument.
    /// Returns null when out of memory. The caller closes the handle with <see cref="guestfs_close"/>.
    /// </summary>
    /// <param name="flags"><see cref="GUESTFS_CREATE_NO_ENVIRONMENT"/> and <see cref="GUESTFS_CREATE_NO_CLOSE_ON_EXIT"/>.</param>
    [DllImport(GuestfsLibrary.ImportName, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
    public static extern guestfs_h* guestfs_create_flags(uint flags);
}

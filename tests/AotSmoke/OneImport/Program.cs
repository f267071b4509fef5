// An empty program plus what OneCall calls, without our layer: the same three C functions through imports of its own, and
// a resolver as ours, which brings much of .NET's reflection with it.
using System.Runtime.InteropServices;

NativeLibrary.SetDllImportResolver(typeof(Native).Assembly, static (_, _, _) => NativeLibrary.Load("libguestfs.so.0"));
nint g = Native.guestfs_create_flags(0);
int verbose = Native.guestfs_get_verbose(g);
Native.guestfs_close(g);
return verbose;

internal static class Native
{
    [DllImport("libguestfs")]
    internal static extern nint guestfs_create_flags(uint flags);

    [DllImport("libguestfs")]
    internal static extern int guestfs_get_verbose(nint g);

    [DllImport("libguestfs")]
    internal static extern void guestfs_close(nint g);
}

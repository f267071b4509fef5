// Functions and constants of the C library, word for word: a file for each header, in which C declares them. Where processors
// differ, the values of each stand beside it in a file of the same name with .Arch. The compilers of both processors judge all
// of it (tests/Interop.Tests/LibcTests.cs).
using System.Runtime.InteropServices;

// Not beside the program: the C library is the one that runs already.
[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]

namespace Guestfs.Interop;

/// <summary>The C library. Documented in the manual pages of sections 2 and 3.</summary>
internal static unsafe partial class Libc
{
    // .NET knows the name of the one that is there, glibc's or musl's.
    private const string Library = "libc";

    // The compiler knows it, and leaves out what is for other processors.
    private static bool IsArmOrPower =>
        RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm or Architecture.Armv6 or Architecture.Ppc64le;
}

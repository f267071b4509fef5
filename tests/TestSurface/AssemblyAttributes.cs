// The same settings as the managed API's, and its library: the test functions are in libguestfs itself.
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

using Guestfs.Interop;

[assembly: DisableRuntimeMarshalling]
[module: SkipLocalsInit]

namespace Guestfs.TestSurface;

internal static class LibraryResolver
{
    [ModuleInitializer]
    [SuppressMessage(
        "Usage",
        "CA2255:The 'ModuleInitializer' attribute should not be used in libraries",
        Justification = "The imports of this assembly need the resolver before the first call.")]
    internal static void Initialize() => GuestfsLibrary.AddImporter(typeof(LibraryResolver).Assembly);
}

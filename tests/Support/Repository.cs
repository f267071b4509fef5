// Where the checkout is that the tests were built from.
using System.Runtime.CompilerServices;

namespace Guestfs.TestSupport;

/// <summary>The source tree under test.</summary>
public static class Repository
{
    /// <summary>The top folder of the checkout.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A file or folder of the checkout.</summary>
    public static string File(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}

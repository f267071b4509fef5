// Where the system's libguestfs is. Not read off the process: other tests load copies of it under other names.
using Guestfs.TestSupport;

namespace Guestfs.Interop.Tests;

/// <summary>The library as the system's dynamic linker finds it.</summary>
internal static class InstalledLibrary
{
    /// <summary>Its file name.</summary>
    internal static string File { get; } = Find();

    private static string Find()
    {
        string? line =
            Command.Run("ldconfig", "-p").Split('\n').FirstOrDefault(l => l.Contains(GuestfsLibrary.FileName, StringComparison.Ordinal));
        if (line is null)
        {
            Command.Missing("libguestfs.so.0 is not installed.");
        }

        return line!.Split("=> ")[1].Trim();
    }
}

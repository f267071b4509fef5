// What a shared library exports, as nm says.
namespace Guestfs.TestSupport;

/// <summary>The dynamic symbols of shared libraries.</summary>
public static class ExportedSymbols
{
    /// <summary>The names of all symbols that a library file defines, without versions.</summary>
    public static HashSet<string> Of(string library) =>
        [.. Command.Run("nm", "-D", "--defined-only", library)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ')[^1].Split('@')[0])];
}

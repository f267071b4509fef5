using Guestfs.TestSupport;

namespace Guestfs.Exports.Tests;

/// <summary>The record of exported functions.</summary>
internal static class ExportList
{
    /// <summary>Each function, and the release that has it first.</summary>
    internal static (string Function, string Since)[] Read() =>
        [.. File.ReadLines(Repository.File("native", "abi", "exports.txt"))
            .Select(line => line.Split(' '))
            .Select(words => (words[0], words[1]))];
}

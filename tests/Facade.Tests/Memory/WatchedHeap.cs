// Compiles the heap watcher, and runs the child under it once for all tests.
using System.Globalization;

using Guestfs.Tests.Support;
using Guestfs.TestSupport;

namespace Guestfs.Tests.Memory;

/// <summary>What the watcher saw.</summary>
public sealed class WatchedHeap : IDisposable
{
    private readonly TempDirectory directory = new();

    public WatchedHeap()
    {
        Command.Require("gcc");
        string library = directory.File("heapwatch.so");
        Command.Run("gcc", "-O2", "-Wall", "-Werror", "-shared", "-fPIC", "-ftls-model=initial-exec", "-o", library,
            Path.Combine(AppContext.BaseDirectory, "Memory", "heapwatch.c"));
        Lines = [.. ChildProcess.Run(["heap"], new Dictionary<string, string?>(Runtime) { ["LD_PRELOAD"] = library }).Output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => l.Split('\t'))
            .Select(f => new HeapLine(f[0], Number(f[1]), Number(f[2]), Number(f[3]), Number(f[4]), Number(f[5]), Number(f[6])))];
    }

    public IReadOnlyList<HeapLine> Lines { get; }

    /// <summary>A runtime that compiles each method once, and collects garbage in the thread that makes it.</summary>
    internal static IReadOnlyDictionary<string, string?> Runtime { get; } = new Dictionary<string, string?>
    {
        ["DOTNET_TieredCompilation"] = "0",
        ["DOTNET_gcConcurrent"] = "0",
        ["DOTNET_gcServer"] = "0",
    };

    public void Dispose() => directory.Dispose();

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}

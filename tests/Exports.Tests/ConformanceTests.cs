// Upstream's binding conformance through the C ABI; the judge is the same function called directly, and valgrind.
using System.Globalization;

using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Exports.Tests;

public sealed class ConformanceTests
{
    private static readonly Lazy<CProgram> Program = new(() =>
        new CProgram(
            "conformance", PublishedLibrary.TestSurface, "-I", Repository.File("tests", "ExportsTestSurface", "Generated"), "-lguestfs"));

    [Fact]
    public void Every_argument_and_return_kind_crosses_as_in_a_direct_call_and_memory_does_not_grow()
    {
        using TempDirectory directory = new();

        // Whatever the processor is: by itself the runtime collects garbage when its largest cache is full.
        string bigCache = directory.File("bigcache.so");
        Command.Run("gcc", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o", bigCache,
            Repository.File("tests", "Exports.Tests", "c", "bigcache.c"), "-ldl");
        Program.Value.Run(
            new Dictionary<string, string?> { ["LD_PRELOAD"] = bigCache },
            directory.File("ours"),
            directory.File("theirs"),
            Soak.Rounds(10_000, 200_000).ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Valgrind_sees_neither_a_leak_nor_a_wrong_access()
    {
        using TempDirectory directory = new();
        Program.Value.RunUnderValgrind(directory.File("ours"), directory.File("theirs"), "5");
    }
}

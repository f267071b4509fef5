// The NativeAOT program against the C library: a C program that makes the same calls prints the same.
using System.Globalization;

using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Aot.Tests;

public sealed class SmokeTests
{
    [Fact]
    public void The_program_prints_what_a_C_program_prints()
    {
        using TempDirectory directory = new();
        string judge = directory.File("smoke");
        Command.Run("gcc", "-Wall", "-Werror", "-o", judge, Repository.File("tests", "Aot.Tests", "c", "smoke.c"), "-lguestfs");
        string expected = Command.Run(judge);

        Assert.True(PublishedProgram.Smoke.Publishing.ExitCode == 0, PublishedProgram.Smoke.Publishing.Output);
        // Where no .NET runtime could be found.
        CommandResult actual = Command.TryRun("env", ["-i", PublishedProgram.Smoke.File]);

        Assert.Equal(0, actual.ExitCode);
        Assert.Equal(expected, actual.Output);
        Assert.Empty(actual.Error);
    }

    // In processes of their own: whatever calls before from one thread alone makes the imports ready.
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void The_first_calls_may_come_from_many_threads_at_once(int threads)
    {
        Assert.True(PublishedProgram.Smoke.Publishing.ExitCode == 0, PublishedProgram.Smoke.Publishing.Output);
        for (int round = 0; round < 10; round++)
        {
            CommandResult result = Command.TryRun(
                "timeout", ["60", PublishedProgram.Smoke.File, threads.ToString(CultureInfo.InvariantCulture)]);

            Assert.True(result.ExitCode == 0 && result.Error.Length == 0, $"{result.ExitCode}: {result.Output}{result.Error}");
        }
    }
}

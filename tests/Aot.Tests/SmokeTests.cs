// The NativeAOT program against the C library: a C program that makes the same calls prints the same.
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
}

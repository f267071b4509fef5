// The NativeAOT compiler's opinion of the libraries. Its warnings are errors in tests/AotSmoke.
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Aot.Tests;

public sealed class TrimmingTests
{
    [Fact]
    public void The_compiler_has_no_warning_for_a_program_that_uses_every_return_kind() => Clean(PublishedProgram.Smoke);

    [Fact]
    public void The_compiler_has_no_warning_for_the_smallest_program() => Clean(PublishedProgram.OneCall);

    [Fact]
    public void The_compiler_has_no_warning_for_the_tool() => Clean(PublishedProgram.Gfs);

    private static void Clean(PublishedProgram program)
    {
        string output = program.Publishing.Output + program.Publishing.Error;
        Assert.True(program.Publishing.ExitCode == 0, output);
        Assert.DoesNotContain("warning", output, StringComparison.OrdinalIgnoreCase);
    }
}

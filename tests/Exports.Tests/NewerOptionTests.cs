// A C program that calls functions with options that are newer than libguestfs 1.48.
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Exports.Tests;

public sealed class NewerOptionTests(NewerOptionAnswers answers) : IClassFixture<NewerOptionAnswers>
{
    public static TheoryData<string> Options { get; } = [.. NewerOptions.All.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Options))]
    public void A_newer_option(string option) => answers.Disks.Judge(option, answers.Lines);
}

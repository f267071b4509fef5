// Optional arguments that are newer than libguestfs 1.48. An older library does not know them, and says so; with one that does, the
// host's programs see what they did.
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.IntegrationTests.Session;

public class NewerOptionTests(NewerOptionAnswers answers) : IClassFixture<NewerOptionAnswers>
{
    public static TheoryData<string> Options { get; } = [.. NewerOptions.All.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Options))]
    public void A_newer_option(string option) => answers.Disks.Judge(option, answers.Lines);
}

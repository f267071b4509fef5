// Functions that are newer than libguestfs 1.48. An older library lacks them, and says so; one that has them answers as the
// host's programs do.
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.IntegrationTests.Session;

public class NewerFunctionTests(NewerFunctionAnswers answers) : IClassFixture<NewerFunctionAnswers>
{
    public static TheoryData<string> Functions { get; } = [.. NewerFunctions.All.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Functions))]
    public void A_newer_function(string function) => answers.Disks.Judge(function, answers.Lines);
}

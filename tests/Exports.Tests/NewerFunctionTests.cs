// A C program that calls what is newer than libguestfs 1.48.
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Exports.Tests;

public sealed class NewerFunctionTests(NewerFunctionAnswers answers) : IClassFixture<NewerFunctionAnswers>
{
    public static TheoryData<string> Functions { get; } = [.. NewerFunctions.All.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Functions))]
    public void A_newer_function(string function) => answers.Disks.Judge(function, answers.Lines);
}

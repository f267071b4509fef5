// The managed API answers as guestfish does.
using System.Text.RegularExpressions;

using Xunit;

namespace Guestfs.IntegrationTests.Comparison;

public sealed partial class GuestfishTests(GuestfishFixture answers) : IClassFixture<GuestfishFixture>
{
    /// <summary>The questions, by index so that each is a test of its own.</summary>
    public static TheoryData<int, string> All { get; } = [.. ComparedCommands.All.Select((q, i) => new TheoryDataRow<int, string>(i, q))];

    [Theory]
    [MemberData(nameof(All))]
    public void An_answer_is_that_of_guestfish(int index, string question)
    {
        Assert.Equal(question, ComparedCommands.All[index]);
        Assert.Equal(WithoutKernelNames(question, answers.Theirs(index)), WithoutKernelNames(question, answers.Ours(index)));
    }

    // Neither names nor order: libguestfs numbers disks as they were added, the kernel as it finds them, which differs from run to run.
    private static string WithoutKernelNames(string question, string answer)
    {
        string rest = KernelNames().Replace(answer, "");
        return question == "list-filesystems" ? string.Join('\n', rest.Split('\n').Order(StringComparer.Ordinal)) : rest;
    }

    [GeneratedRegex(@"^ *(dev|st_dev|DEVNAME|pv_name): .*\n", RegexOptions.Multiline)]
    private static partial Regex KernelNames();
}

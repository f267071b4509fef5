// The managed API answers as guestfish does.
using System.Text.RegularExpressions;

using Xunit;

namespace Guestfs.Appliance.Tests.Comparison;

public sealed partial class GuestfishTests(GuestfishFixture answers) : IClassFixture<GuestfishFixture>
{
    /// <summary>The questions, by index so that each is a test of its own.</summary>
    public static TheoryData<int, string> All { get; } = [.. Questions.All.Select((q, i) => new TheoryDataRow<int, string>(i, q))];

    [Theory]
    [MemberData(nameof(All))]
    public void An_answer_is_that_of_guestfish(int index, string question)
    {
        Assert.Equal(question, Questions.All[index]);
        Assert.Equal(WithoutKernelNames(answers.Theirs(index)), WithoutKernelNames(answers.Ours(index)));
    }
    // libguestfs numbers disks as they were added, the kernel as it finds them, which differs from run to run.
    private static string WithoutKernelNames(string answer) => KernelNames().Replace(answer, "");

    [GeneratedRegex(@"^ *(dev|st_dev|DEVNAME|pv_name): .*\n", RegexOptions.Multiline)]
    private static partial Regex KernelNames();
}

// What a terminal alone understands, removed by hand and, as the judge, by a regular expression of the framework.
using System.Text.RegularExpressions;

using Xunit;

namespace Guestfs.Tests.Observability;

public partial class ConsoleTextTests
{
    [Fact]
    public void Sequences_and_control_characters_are_removed_and_nothing_else()
    {
        const string Alphabet = "\x1b\x1b\x1b[[[0;9?/ !@AZ_az~\0\a\t\n\r\x1f\x7f\u0080\u00e9`";
        Random random = new(1);
        for (int round = 0; round < 20_000; round++)
        {
            string text = new(random.GetItems<char>(Alphabet, random.Next(0, 12)));
            Assert.Equal(ControlSequence().Replace(text, ""), ConsoleText.Plain(text));
        }
    }

    [GeneratedRegex(@"\x1b(\[[0-?]*[ -/]*[@-~]|[@-_a-z])|[\0-\x08\x0b-\x0c\x0e-\x1f\x7f]")]
    private static partial Regex ControlSequence();
}

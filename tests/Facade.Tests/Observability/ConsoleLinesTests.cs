// Lines of a console that comes in pieces; the pieces' concatenation, split by the framework, is the judge.
using System.Text;

using Xunit;

namespace Guestfs.Tests.Observability;

public class ConsoleLinesTests
{
    private const string Said = "\x1b[0;1;31mred\x1b[0m\r\r\n[    0.000000] Linux version 6.1\r\n\nsupermin: é\r\n  indented \a\r\n# ";

    [Fact]
    public void However_the_pieces_are_cut_the_lines_are_whole_and_nothing_is_lost()
    {
        string[] expected = ["red", "[    0.000000] Linux version 6.1", "supermin: é", "  indented", "#"];
        Assert.Equal(expected, Said.Replace("\x1b[0;1;31m", "", StringComparison.Ordinal)
            .Replace("\x1b[0m", "", StringComparison.Ordinal)
            .Replace("\a", "", StringComparison.Ordinal)
            .Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(l => l.TrimEnd()));

        byte[] bytes = Encoding.UTF8.GetBytes(Said);
        Random random = new(3);
        for (int round = 0; round < 500; round++)
        {
            List<string> lines = [];
            ConsoleLines console = new(lines.Add);
            for (int done = 0; done < bytes.Length;)
            {
                int count = Math.Min(random.Next(0, 9), bytes.Length - done);
                console.Add(bytes.AsSpan(done, count));
                done += count;
            }

            console.Flush();
            Assert.Equal(expected, lines);
        }
    }

    [Fact]
    public void A_line_without_end_comes_in_parts()
    {
        List<string> lines = [];
        ConsoleLines console = new(lines.Add);
        for (int i = 0; i < 1000; i++)
        {
            console.Add("0123456789"u8);
        }

        Assert.NotEmpty(lines);
        console.Flush();
        Assert.Equal(string.Concat(Enumerable.Repeat("0123456789", 1000)), string.Concat(lines));
        Assert.All(lines, l => Assert.InRange(l.Length, 1, 4096));
    }
}

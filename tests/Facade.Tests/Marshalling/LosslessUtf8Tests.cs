// The lossless encoding against an independent one: Python's UTF-8 with surrogateescape (PEP 383).
using System.Text;

using Guestfs.TestSupport;
using Guestfs.Tests.Support;

using Xunit;

namespace Guestfs.Tests.Marshalling;

public class LosslessUtf8Tests
{
    // Reads hexadecimal lines; 'd' lines are bytes to decode, 'e' lines UTF-16 to encode. Answers in hexadecimal.
    private const string Judge = """
        import sys
        for line in sys.stdin:
            way, data = line[0], bytes.fromhex(line[2:])
            try:
                if way == 'd':
                    print(data.decode('utf-8', 'surrogateescape').encode('utf-16-le', 'surrogatepass').hex().upper())
                else:
                    print(data.decode('utf-16-le', 'surrogatepass').encode('utf-8', 'surrogateescape').hex().upper())
            except UnicodeEncodeError:
                print('refused')
        """;

    // The first and last bytes of each class of UTF-8, from which most mistakes are made.
    private static readonly byte[] Edges =
    [
        0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3,
        0xF4, 0xF5, 0xF8, 0xFE, 0xFF,
    ];

    // The same for UTF-16.
    private static readonly char[] EdgeChars =
    [
        '\0', 'A', '\u007F', '\u0080', '\u07FF', '\u0800', '\uD7FF', '\uD800', '\uDBFF', '\uDC00', '\uDC7F', '\uDC80', '\uDCC3', '\uDCA9',
        '\uDCFF', '\uDD00', '\uDFFF', '\uE000', '\uFFFF',
    ];

    [Fact]
    public void Bytes_become_the_string_that_Python_makes_of_them_and_go_back()
    {
        List<byte[]> samples = [.. ByteSamples()];
        string[] answers = Ask(samples.Select(b => "d " + Convert.ToHexString(b)));
        Assert.Equal(samples.Count, answers.Length);
        for (int i = 0; i < samples.Count; i++)
        {
            string text = LosslessUtf8.GetString(samples[i]);
            Assert.Equal(answers[i], Convert.ToHexString(Utf16.Bytes(text)));
            Assert.Equal(samples[i], LosslessUtf8.GetBytes(text));
        }
    }

    [Fact]
    public void Strings_become_the_bytes_that_Python_makes_of_them_or_are_refused_by_both()
    {
        List<string> samples = [.. StringSamples()];
        string[] answers = Ask(samples.Select(s => "e " + Convert.ToHexString(Utf16.Bytes(s))));
        Assert.Equal(samples.Count, answers.Length);
        Assert.InRange(answers.Count(a => a == "refused"), 100, samples.Count - 100);
        for (int i = 0; i < samples.Count; i++)
        {
            if (answers[i] == "refused")
            {
                Assert.Throws<ArgumentException>(() => LosslessUtf8.GetBytes(samples[i]));
            }
            else
            {
                Assert.Equal(answers[i], Convert.ToHexString(LosslessUtf8.GetBytes(samples[i])));
            }
        }
    }

    private static string[] Ask(IEnumerable<string> lines)
    {
        CommandResult result = Command.TryRun("python3", ["-c", Judge], input: string.Join('\n', lines) + "\n");
        Assert.True(result.ExitCode == 0, result.Error);
        return result.Output.TrimEnd('\n').Split('\n');
    }

    private static IEnumerable<byte[]> ByteSamples()
    {
        yield return [];
        foreach (byte a in Edges)
        {
            yield return [a];
            foreach (byte b in Edges)
            {
                yield return [a, b];
            }
        }

        // Fixed seed: the same samples in each run.
        Random random = new(383);
        for (int i = 0; i < 1000; i++)
        {
            byte[] any = new byte[random.Next(1, 40)];
            random.NextBytes(any);
            yield return any;
            yield return [.. Enumerable.Range(0, random.Next(1, 12)).Select(_ => Edges[random.Next(Edges.Length)])];

            // Valid text of about the length at which the code leaves its stack buffer, with one byte changed.
            byte[] text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("aé世🐧", random.Next(1, 80))));
            text[random.Next(text.Length)] ^= (byte)(1 << random.Next(8));
            yield return text[..random.Next(text.Length + 1)];
        }
    }

    private static IEnumerable<string> StringSamples()
    {
        foreach (char a in EdgeChars)
        {
            yield return new string([a]);
            foreach (char b in EdgeChars)
            {
                yield return new string([a, b]);
            }
        }

        Random random = new(8383);
        for (int i = 0; i < 1000; i++)
        {
            yield return new string([.. Enumerable.Range(0, random.Next(1, 12)).Select(_ => EdgeChars[random.Next(EdgeChars.Length)])]);
            yield return new string([.. Enumerable.Range(0, random.Next(1, 600))
                .Select(_ => (char)(random.Next(2) == 0 ? random.Next(1, 0xD800) : random.Next(0xDC80, 0xDD00)))]);
        }
    }
}

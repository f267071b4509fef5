// Names with characters that drive a terminal, in messages and logs. Python's str.isprintable is the judge.
using System.Text;

using Guestfs.Interop;
using Guestfs.Tests.Support;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Tests.Errors;

public sealed class PrintableMessageTests
{
    private const string Title = "\e]0;evil\a", Colour = "\e[31m", Bidi = "\u202Etxt.exe\u2066", Bytes = "\uDC9B1m\uDCFF",
        Other = "\r\b\x7F\u0085\u2028\uD800", Kept = "größe 日本 😀 a\tb";

    [Fact]
    public void No_message_has_characters_that_are_not_for_the_eye()
    {
        string name = $"/no/{Title}{Colour}{Bidi}{Other.TrimEnd('\uD800')}{Bytes}{Kept}";
        using GuestfsHandle handle = new();
        string message = Assert.Throws<GuestfsDiskException>(() => handle.AddDrive(name)).Message;
        Assert.Contains("\\x1b]0;evil\\x07\\x1b[31m\\u202etxt.exe\\u2066", message, StringComparison.Ordinal);
        Assert.Contains("\\x9b1m\\xff", message, StringComparison.Ordinal);
        Assert.Contains(Kept, message, StringComparison.Ordinal);
        AssertPrintable(message);
        AssertPrintable(new GuestfsException("test", 0, name + Other).ToString().Split("   at ")[0]);
        Assert.Equal("a\\nb", PrintableText.Line("a\nb"));
        Assert.Equal("a\nb", PrintableText.Of("a\nb"));
    }

    [Fact]
    public void A_log_has_none_either()
    {
        using RecordingLogs logs = new();
        using GuestfsHandle handle = new(new() { LoggerFactory = logs });
        handle.SetTrace(true);
        Assert.ThrowsAny<GuestfsException>(() => handle.AddDrive("/no/" + Colour + "\nlibguestfs: trace: forged"));
        string[] traced = [.. logs.Texts("Guestfs.Trace")];
        Assert.Contains(traced, t => t.Contains("\\x1b[31m", StringComparison.Ordinal));
        Assert.DoesNotContain(traced, t => t.Contains('\n', StringComparison.Ordinal));
        Assert.All(traced, AssertPrintable);
    }

    [Fact]
    public void A_text_of_megabytes_is_cut_in_its_middle()
    {
        using GuestfsHandle handle = new();
        string message = Assert.ThrowsAny<GuestfsException>(() => handle.AddDrive("/" + new string('a', 64 << 20) + "/end")).Message;
        Assert.InRange(message.Length, 1000, 2 * PrintableText.MaxLength);
        Assert.Contains("/end", message, StringComparison.Ordinal);
        Assert.Contains("characters left out", message, StringComparison.Ordinal);

        // Never between the halves of a character.
        AssertPrintable(PrintableText.Of(string.Concat(Enumerable.Repeat("😀", 2_500))));
        AssertPrintable(PrintableText.Of("a" + string.Concat(Enumerable.Repeat("😀", 2_501))));
    }

    private static void AssertPrintable(string text)
    {
        byte[] utf8 = new UTF8Encoding(false, throwOnInvalidBytes: true).GetBytes(text);
        CommandResult python = Command.TryRun(
            "python3", ["-c", "import base64,sys; t=base64.b64decode(sys.stdin.read()).decode(); sys.exit(not "
                + "t.replace('\\n','').replace('\\t','').replace('\\u200d','').isprintable())"], input: Convert.ToBase64String(utf8));
        Assert.True(python.ExitCode == 0, text);
    }
}

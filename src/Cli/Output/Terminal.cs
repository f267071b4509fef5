// What the terminal at standard output can do: colours unless NO_COLOR is set, characters beyond ASCII where the locale has them.
using System.Text;

using Guestfs.Interop;

using Spectre.Console;

namespace Guestfs.Cli.Output;

/// <summary>A colour that says something.</summary>
internal enum Tint
{
    /// <summary>The terminal's own.</summary>
    Plain = 0,

    /// <summary>Not as it should be.</summary>
    Red = 31,

    /// <summary>As it should be.</summary>
    Green = 32,

    /// <summary>To be looked at.</summary>
    Yellow = 33,

    /// <summary>Part of a picture.</summary>
    Blue = 34,

    /// <summary>Of less weight.</summary>
    Dim = 2,
}

/// <summary>The terminal.</summary>
internal static class Terminal
{
    private const int UsualWidth = 80, LeastWidth = 40;

    /// <summary>Whether a person reads standard output.</summary>
    internal static bool IsThere => !Console.IsOutputRedirected;

    /// <summary>How many characters a line has.</summary>
    internal static int Width =>
        IsThere && WindowWidth(Libc.STDOUT_FILENO) is var width and > 0 ? Math.Max(width, LeastWidth) : UsualWidth;

    /// <summary>The same of the terminal at standard error, however narrow it is: another one, where standard output is a pipe.</summary>
    internal static int ErrorWidth => WindowWidth(Libc.STDERR_FILENO) is var width and > 0 ? width : UsualWidth;

    /// <summary>Whether that at standard output has colours.</summary>
    internal static bool HasColours { get; } = IsThere && MayHaveColours;

    /// <summary>Whether a terminal has colours, where there is one. no-color.org: whatever its value is, unless it is empty.</summary>
    internal static bool MayHaveColours =>
        ProcessInput.Variable("NO_COLOR") is null && ProcessInput.Variable("TERM") is not (null or "dumb");

    /// <summary>Whether characters beyond ASCII are shown as such.</summary>
    internal static bool HasUnicode { get; } =
        (ProcessInput.Variable("LC_ALL") ?? ProcessInput.Variable("LC_CTYPE") ?? ProcessInput.Variable("LANG")) is { } locale
        && locale.Replace("-", "", StringComparison.Ordinal).Contains("utf8", StringComparison.OrdinalIgnoreCase);

    /// <summary>A text in a colour. It must be printable already.</summary>
    internal static string Paint(string text, Tint tint) =>
        HasColours && tint != Tint.Plain ? $"\e[{(int)tint}m{text}\e[0m" : text;

    /// <summary>A bar.</summary>
    /// <param name="part">How much of its width, 0 to 1; what is more than nothing is seen.</param>
    /// <param name="width">Characters.</param>
    internal static string Bar(double part, int width)
    {
        if (!HasUnicode)
        {
            return new string('#', part > 0 ? Math.Max((int)Math.Round(part * width), 1) : 0);
        }

        // U+258F is an eighth of a block, U+2588 all of it.
        int eighths = part > 0 ? Math.Max((int)Math.Round(part * width * 8), 1) : 0;
        StringBuilder bar = new(new string('\u2588', eighths / 8));
        if (eighths % 8 is var rest and > 0)
        {
            bar.Append((char)('\u2590' - rest));
        }

        return bar.ToString();
    }

    /// <summary>What stands before a branch of a tree.</summary>
    internal static string Branch(bool isLast) => (HasUnicode, isLast) switch
    {
        (true, true) => "\u2514\u2500 ", (true, false) => "\u251c\u2500 ", (false, true) => "`- ", _ => "|- ",
    };

    /// <summary>What stands before the branches of a branch.</summary>
    internal static string Trunk(bool isLast) => isLast ? "   " : HasUnicode ? "\u2502  " : "|  ";

    /// <summary>The upper and lower edge of a row of boxes, and what stands between them.</summary>
    internal static (string Top, string Bottom, char Side) Frame(IReadOnlyList<int> widths) => HasUnicode
        ? (Edge(widths, '\u2500', '\u250c', '\u252c', '\u2510'), Edge(widths, '\u2500', '\u2514', '\u2534', '\u2518'), '\u2502')
        : (Edge(widths, '-', '+', '+', '+'), Edge(widths, '-', '+', '+', '+'), '|');

    /// <summary>A text in a number of columns: cut, or with spaces after it.</summary>
    internal static string Fit(string text, int columns) => Pad(Cut(text, columns), columns);

    /// <summary>As much of a text as a number of columns has room for.</summary>
    internal static string Cut(string text, int columns)
    {
        string line = PrintableText.Line(text);
        while (Columns(line) > columns)
        {
            line = line[..^(char.IsLowSurrogate(line[^1]) ? 2 : 1)];
        }

        return line;
    }

    /// <summary>How many columns a text takes: characters of East Asia two, those that combine none.</summary>
    internal static int Columns(string text) => PrintableText.Line(text).GetCellWidth();

    /// <summary>A text, with spaces after it up to a number of columns.</summary>
    internal static string Pad(string text, int columns) => text + new string(' ', Math.Max(columns - Columns(text), 0));

    private static string Edge(IReadOnlyList<int> widths, char line, char left, char middle, char right) =>
        left + string.Join(middle, widths.Select(width => new string(line, width))) + right;

    // Console.WindowWidth prepares the terminal for input first, and writes to it for that.
    private static unsafe int WindowWidth(int terminal)
    {
        // struct winsize: rows, columns, and two more that nobody sets.
        ushort* size = stackalloc ushort[4];
        return Libc.ioctl(terminal, Libc.TIOCGWINSZ, size) == 0 ? size[1] : 0;
    }

    /// <summary>Breaks a text into lines, where it has spaces.</summary>
    internal static IEnumerable<string> Wrap(string text, int width)
    {
        StringBuilder line = new();
        foreach (string word in text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        if (line.Length > 0)
        {
            yield return line.ToString();
        }
    }
}

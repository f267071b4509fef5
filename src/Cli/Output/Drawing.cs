// What Spectre.Console draws for people: tables, and the bar of progress. It draws into a text, which is written as all others are, and
// asks nobody but this tool what the terminal can do: its own console would look at the environment, and prepare the terminal for input.
using System.Text;

using Spectre.Console;
using Spectre.Console.Rendering;

namespace Guestfs.Cli.Output;

/// <summary>Draws.</summary>
internal static class Drawing
{
    /// <summary>Characters with the colours of a terminal, in lines without an end to the last one.</summary>
    /// <param name="what">What is drawn. Its texts must be printable already.</param>
    /// <param name="width">Columns that a line has.</param>
    /// <param name="hasColours">Whether the terminal has any.</param>
    internal static string Of(IRenderable what, int width, bool hasColours) =>
        string.Join('\n', Draw(what, width, hasColours).Split('\n').Select(line => line.TrimEnd(' ')));

    /// <summary>How many columns something needs.</summary>
    internal static int WidthOf(IRenderable what)
    {
        IAnsiConsole console = OnTextTo(TextWriter.Null, int.MaxValue, hasColours: false);
        return what.Measure(RenderOptions.Create(console, console.Profile.Capabilities), int.MaxValue).Max;
    }

    /// <summary>What a progress column shows of a part.</summary>
    internal static string Of(ProgressColumn column, double part, bool hasColours)
    {
        ProgressTask task = new(0, "of the whole", maxValue: 1, autoStart: true, TimeProvider.System) { Value = part };
        IAnsiConsole console = OnTextTo(TextWriter.Null, int.MaxValue, hasColours);
        RenderOptions options = RenderOptions.Create(console, console.Profile.Capabilities);
        return Draw(column.Render(options, task, TimeSpan.Zero), column.GetColumnWidth(options) ?? int.MaxValue, hasColours);
    }

    private static string Draw(IRenderable what, int width, bool hasColours)
    {
        using StringWriter text = new() { NewLine = "\n" };
        OnTextTo(text, width, hasColours).Write(what);
        return text.ToString().TrimEnd('\n');
    }

    private static IAnsiConsole OnTextTo(TextWriter writer, int width, bool hasColours)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = hasColours ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = hasColours ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
            Out = new TextTarget(writer, width),
        });
        console.Profile.Capabilities.Unicode = Terminal.HasUnicode;
        return console;
    }

    private sealed class TextTarget(TextWriter writer, int width) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => false;

        public int Width => width;

        public int Height => int.MaxValue;

        public void SetEncoding(Encoding encoding)
        {
        }
    }
}

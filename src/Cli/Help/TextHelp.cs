// --help: the page of a command in lines as wide as the terminal.
using System.CommandLine;
using System.CommandLine.Invocation;

using Guestfs.Cli.Output;

namespace Guestfs.Cli.Help;

/// <summary>Shows help.</summary>
internal sealed class TextHelp : SynchronousCommandLineAction
{
    private const int MostTerm = 28, MostWidth = 100;

    /// <summary>Whoever asks for help need not give what the command requires.</summary>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        Write(parseResult.InvocationConfiguration.Output, HelpPage.Of(parseResult.CommandResult.Command));
        return ExitCode.Done;
    }

    /// <summary>Writes a page.</summary>
    internal static void Write(TextWriter output, HelpPage page)
    {
        int width = Math.Min(Terminal.Width, MostWidth);
        WriteWrapped(output, page.Summary, indent: 0, width);
        output.WriteLine();
        output.WriteLine("Usage:");
        output.WriteLine($"  {page.Usage}");
        foreach (HelpGroup group in page.Groups)
        {
            output.WriteLine();
            output.WriteLine($"{group.Title}:");
            int terms = Math.Min(MostTerm, group.Rows.Max(row => row.Term.Length)) + 4;
            foreach ((string term, string text) in group.Rows)
            {
                string[] lines = [.. Terminal.Wrap(text, width - terms)];
                string first = $"  {term}";
                if (first.Length + 2 > terms)
                {
                    output.WriteLine(first);
                    first = "";
                }

                for (int i = 0; i < Math.Max(lines.Length, first.Length > 0 ? 1 : 0); i++)
                {
                    output.WriteLine($"{(i == 0 ? first : "").PadRight(terms)}{lines.ElementAtOrDefault(i)}".TrimEnd());
                }
            }
        }

        if (page.Guide.Examples.Count > 0)
        {
            output.WriteLine();
            output.WriteLine("Examples:");
            foreach (Example example in page.Guide.Examples)
            {
                WriteWrapped(output, example.Text, indent: 2, width);
                output.WriteLine($"    {example.Line}");
            }
        }
    }

    private static void WriteWrapped(TextWriter output, string text, int indent, int width)
    {
        foreach (string line in Terminal.Wrap(text, width - indent))
        {
            output.WriteLine(new string(' ', indent) + line);
        }
    }
}

// The page of a command for man(1), in the macros of man(7).
using System.Text;

namespace Guestfs.Cli.Help;

/// <summary>Writes manual pages.</summary>
internal static class ManualPage
{
    /// <summary>The page's name, such as <c>gfs-ls</c>.</summary>
    internal static string NameOf(HelpPage page) => page.Name.Replace(' ', '-');

    /// <summary>The page.</summary>
    internal static string Write(HelpPage page)
    {
        StringBuilder roff = new();
        string version = typeof(ManualPage).Assembly.GetName().Version?.ToString(3) ?? "";
        roff.Append($".TH {Escape(NameOf(page).ToUpperInvariant())} 1 \"\" \"gfs {version}\" \"Guestfs\"\n");
        roff.Append($".SH NAME\n{Escape(NameOf(page))} \\- {Escape(FirstLower(page.Summary.TrimEnd('.')))}\n");
        roff.Append($".SH SYNOPSIS\n.nf\n{Escape(page.Usage)}\n.fi\n.SH DESCRIPTION\n{Text(page.Summary)}\n");
        foreach (HelpGroup group in page.Groups)
        {
            roff.Append($".SH {Escape(group.Title.ToUpperInvariant())}\n");
            foreach ((string term, string text) in group.Rows)
            {
                roff.Append($".TP\n.B {Escape(term)}\n{Text(text)}\n");
            }
        }

        if (page.Name == "gfs")
        {
            roff.Append(".SH EXIT STATUS\n");
            foreach ((int code, string text) in ExitCode.Meanings)
            {
                roff.Append($".TP\n.B {code}\n{Text(text)}\n");
            }
        }

        if (page.Guide.Examples.Count > 0)
        {
            roff.Append(".SH EXAMPLES\n");
            foreach (Example example in page.Guide.Examples)
            {
                string before = example == page.Guide.Examples[0] ? "" : ".PP\n";
                roff.Append($"{before}{Text(example.Text)}\n.PP\n.RS 4\n.nf\n{Escape(example.Line)}\n.fi\n.RE\n");
            }
        }

        IEnumerable<string> others = page.Guide.Words.Where(word => word.StartsWith("virt-", StringComparison.Ordinal))
            .Select(name => $".BR {Escape(name)} (1)").Prepend(".BR guestfs (3)");
        roff.Append(".SH SEE ALSO\n").AppendJoin(",\n", others).Append('\n');
        return roff.ToString();
    }

    private static string Text(string text) => text.Length == 0 ? "\\&" : Escape(text);

    private static string FirstLower(string text) => text.Length == 0 ? text : char.ToLowerInvariant(text[0]) + text[1..];

    // A hyphen is one only where it is escaped, and a line that begins with a dot or a quote is a command.
    private static string Escape(string text)
    {
        string escaped = text.Replace("\\", "\\e", StringComparison.Ordinal).Replace("-", "\\-", StringComparison.Ordinal);
        return escaped.StartsWith('.') || escaped.StartsWith('\'') ? "\\&" + escaped : escaped;
    }
}

// A manual page for each function of the C ABI, from what the header says of it.
using System.Text;
using System.Text.RegularExpressions;

using Guestfs.Generator.Model;

namespace Guestfs.Generator.Emit.C;

/// <summary>Writes pages in the language of mdoc(7). They are made when they are wanted, not checked in.</summary>
internal static partial class ManPages
{
    private const int Width = 100;

    /// <summary>Writes all pages.</summary>
    /// <param name="root">The checkout.</param>
    /// <param name="folder">Where to.</param>
    /// <returns>How many.</returns>
    internal static int Write(string root, string folder)
    {
        string models = Path.Combine(root, "src/Interop/Model");
        ApiModel model = ApiModel.Load(Path.Combine(models, "guestfs-api.json"));
        ApiDocs docs = ApiDocs.Load(Path.Combine(models, "docs"), model);
        FacadeAbi abi = FacadeAbi.Load(Path.Combine(root, "src/Facade/Exports/abi.json"));
        // The day on which what they have in common was written.
        string date = Date().Match(File.ReadAllText(Path.Combine(root, "native/install/man/guestfs-facade.3"))).Value;
        Directory.CreateDirectory(folder);
        int count = 0;
        foreach (CFunctionDescription f in new CFunctionDescriptions(model, docs, abi, ExportHistory.Load(root)).All())
        {
            File.WriteAllText(Path.Combine(folder, f.Name + ".3"), Page(f, date));
            count++;
        }

        return count;
    }

    private static string Page(CFunctionDescription f, string date)
    {
        StringBuilder page = new();
        page.Append(".\\\" Generated from the model of the header guestfs_facade.h. MIT licence.\n");
        page.Append($"{date}\n.Dt {f.Name.ToUpperInvariant()} 3\n.Os\n");
        page.Append($".Sh NAME\n.Nm {f.Name}\n.Nd {Escape(Short(f.Paragraphs[0]))}\n");
        page.Append($".Sh SYNOPSIS\n.In guestfs_facade.h\n.Ft {Argument(f.Type)}\n.Fn {f.Name}");
        page.Append(f.Parameters.Count == 0 ? " void" : string.Concat(f.Parameters.Select(p => $" {Argument(p.ToString())}"))).Append('\n');
        page.Append(".Sh DESCRIPTION\n");
        for (int i = 0; i < f.Paragraphs.Count; i++)
        {
            page.Append(i == 0 ? "" : ".Pp\n");
            Text(page, f.Paragraphs[i]);
        }

        List(page, "The parameters are:", f.Parameters);
        List(page, "The members of the options are:", f.Options);
        if (f.Returns is not null)
        {
            page.Append(".Sh RETURN VALUES\n");
            Text(page, f.Returns);
        }

        page.Append(".Sh SEE ALSO\n.Xr guestfs-facade 3\n");
        page.Append($".Sh HISTORY\nSince {f.Since}.\n");
        if (f.Deprecated is not null)
        {
            Text(page, "Deprecated. " + f.Deprecated);
        }

        page.Append(".Sh CAVEATS\n");
        Text(page, "Threads: " + f.Threads);
        return page.ToString();
    }

    private static void List(StringBuilder page, string head, IReadOnlyList<CParameter> items)
    {
        if (items.Count == 0)
        {
            return;
        }

        page.Append($".Pp\n{head}\n.Bl -tag -width Ds\n");
        foreach (CParameter item in items)
        {
            page.Append($".It Fa {Argument(item.ToString())}\n");
            Text(page, item.Text);
        }

        page.Append(".El\n");
    }

    // The first sentence, as a description of NAME has it: without the end.
    private static string Short(string summary) => Sentence().Match(summary).Groups[1].Value;

    private static void Text(StringBuilder page, string text)
    {
        StringBuilder line = new();
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && (line.Length + 1 + word.Length > Width || line[^1] is '.'))
            {
                page.Append(Escape(line.ToString())).Append('\n');
                line.Clear();
            }

            line.Append(line.Length == 0 ? "" : " ").Append(word);
        }

        page.Append(Escape(line.ToString())).Append('\n');
    }

    private static string Argument(string text) => $"\"{Escape(text).Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    // A backslash, and what a line of text must not begin with.
    private static string Escape(string text)
    {
        string escaped = text.Replace("\\", "\\e", StringComparison.Ordinal);
        return escaped.StartsWith('.') || escaped.StartsWith('\'') ? "\\&" + escaped : escaped;
    }

    [GeneratedRegex(@"^\.Dd .*$", RegexOptions.Multiline)]
    private static partial Regex Date();

    [GeneratedRegex(@"^(.*?)(?:[.:;](?: |$)|$)")]
    private static partial Regex Sentence();
}

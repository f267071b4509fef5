// Readers of a guest's files: code without an appliance, over whatever gives files. Nothing in a file is an error that ends
// anything: what cannot be understood is reported, and the rest is kept.
using Guestfs.Interop;

namespace Guestfs;

/// <summary>The files of one filesystem of a guest.</summary>
internal abstract class GuestFileReader
{
    /// <summary>What was wrong.</summary>
    internal List<GuestfsException> Problems { get; } = [];

    /// <summary>Whether it is a regular file, perhaps at the end of symbolic links.</summary>
    internal abstract bool IsFile(string path);

    /// <summary>The beginning of a file; null if there is no such regular file, or it cannot be read.</summary>
    internal abstract byte[]? ReadStart(string path, int count);

    /// <summary>The names in a directory, in their alphabet's order; none if there is no such directory.</summary>
    internal virtual IReadOnlyList<string> List(string directory) => [];

    /// <summary>Whether it is a directory, and not a link to one; true where only asking for its files would tell.</summary>
    internal virtual bool IsDirectory(string path) => true;

    /// <summary>What a symbolic link leads to, in its own words; null if it is none.</summary>
    internal virtual string? LinkTarget(string path) => null;

    /// <summary>The text of a file of a usual size; null if there is none, which is reported unless there is simply no such file.</summary>
    internal string? ReadText(string path)
    {
        // As much as libguestfs allows. Real ones have some kilobytes.
        const int MaxSize = 2 << 20;
        if (ReadStart(path, MaxSize + 1) is not { } content)
        {
            return null;
        }

        string? wrong = content.Length > MaxSize ? "is too large" : content.AsSpan().Contains((byte)0) ? "is not text" : null;
        if (wrong is null)
        {
            return LosslessUtf8.GetString(content);
        }

        Report(path, null, $"{wrong}, and is not read.");
        return null;
    }

    /// <summary>The lines of a file with their numbers, without comments and empty ones.</summary>
    internal IEnumerable<(int Number, string Text)> ReadLines(string path)
    {
        int number = 0;
        foreach (string line in (ReadText(path) ?? "").Split('\n'))
        {
            number++;
            string text = line.Trim();
            if (text.Length > 0 && text[0] != '#')
            {
                yield return (number, text);
            }
        }
    }

    /// <summary>Variables as a shell sets them; with several of a name in the file's order.</summary>
    internal IEnumerable<(string Name, string Value)> ReadVariables(string path)
    {
        foreach ((int number, string text) in ReadLines(path))
        {
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                yield return (text[..equals], ShellText.Unquote(text[(equals + 1)..]));
            }
            else
            {
                Report(path, number, $"{Quoted(text)} sets no variable.");
            }
        }
    }

    internal void Report(string path, int? line, string what, GuestfsException? cause = null)
    {
        // A file of faults alone is one fault.
        const int Most = 50;
        if (Problems.Count < Most)
        {
            Problems.Add(new GuestFileException(path, line, what, cause));
        }
    }

    internal static string Quoted(string text)
    {
        const int Longest = 60;
        return $"\"{PrintableText.Line(text.Length > Longest ? text[..Longest] + "..." : text)}\"";
    }
}

/// <summary>Words as a shell reads them.</summary>
internal static class ShellText
{
    /// <summary>A value without its quotes.</summary>
    internal static string Unquote(string value)
    {
        if (value is not (['\'', .., '\''] or ['"', .., '"']))
        {
            return value;
        }

        bool escapes = value[0] == '"';
        value = value[1..^1];
        for (int i = 0; escapes && i < value.Length - 1; i++)
        {
            value = value[i] == '\\' && value[i + 1] is '"' or '\\' or '$' or '`' ? value.Remove(i, 1) : value;
        }

        return value;
    }
}

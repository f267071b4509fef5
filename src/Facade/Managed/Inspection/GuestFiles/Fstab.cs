// fstab(5), crypttab(5) and mdadm.conf(5). A line that does not fit is reported and left out.
using System.Text;

namespace Guestfs;

/// <summary>A line of fstab.</summary>
internal sealed class FstabEntry(int line, string device, string path, string type, string[] options)
{
    internal int Line { get; } = line;

    internal string Device { get; } = device;

    internal string Path { get; } = path;

    internal string Type { get; } = type;

    internal string[] Options { get; } = options;
}

internal static class Fstab
{
    internal const string File = "/etc/fstab";

    /// <summary>So many entries are read, and no more: each may cost calls.</summary>
    internal const int MaxEntries = 1000;

    private const int Fields = 6;

    internal static IEnumerable<FstabEntry> Read(GuestFileReader files)
    {
        int left = MaxEntries;
        foreach ((int line, string text) in files.ReadLines(File))
        {
            if (left-- == 0)
            {
                files.Report(File, line, $"is beyond the first {MaxEntries} entries; the rest of the file is left out.");
                yield break;
            }

            string[] fields = text.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            int comment = Array.FindIndex(fields, f => f.StartsWith('#'));
            int count = comment < 0 ? fields.Length : comment;
            if (count < 3)
            {
                files.Report(File, line, $"{GuestFileReader.Quoted(text)} has {count} fields instead of six; the line is left out.");
            }
            else if (!IsPlace(fields[1], fields[2]))
            {
                files.Report(File, line, $"{GuestFileReader.Quoted(fields[1])} is no directory to mount on; the line is left out.");
            }
            else
            {
                if (count > Fields)
                {
                    files.Report(File, line, $"has {count} fields instead of six; those after the sixth are not understood.");
                }

                yield return new FstabEntry(line, Decode(fields[0]), Canonical(Decode(fields[1])), fields[2],
                    count > 3 ? fields[3].Split(',') : []);
            }
        }
    }

    /// <summary>Names of crypttab(5) and the devices that they open.</summary>
    internal static IEnumerable<(string Name, string Device)> ReadCrypttab(GuestFileReader files)
    {
        const string Crypttab = "/etc/crypttab";
        foreach ((int line, string text) in files.ReadLines(Crypttab))
        {
            string[] fields = text.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length >= 2)
            {
                yield return (fields[0], ShellText.Unquote(fields[1]));
            }
            else
            {
                files.Report(Crypttab, line, $"{GuestFileReader.Quoted(text)} names no device; the line is left out.");
            }
        }
    }

    /// <summary>Arrays of mdadm.conf(5): devices and UUIDs of 32 hexadecimal digits.</summary>
    internal static IEnumerable<(string Device, string Uuid)> ReadArrays(GuestFileReader files)
    {
        foreach (string file in (string[])["/etc/mdadm.conf", "/etc/mdadm/mdadm.conf"])
        {
            foreach ((int _, string text) in files.IsFile(file) ? files.ReadLines(file) : [])
            {
                string[] fields = text.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
                string? uuid = fields.FirstOrDefault(f => f.StartsWith("UUID=", StringComparison.OrdinalIgnoreCase))?["UUID=".Length..];
                if (fields.Length >= 3 && fields[0].Equals("ARRAY", StringComparison.OrdinalIgnoreCase) && Digits(uuid) is { } digits)
                {
                    yield return (fields[1], digits);
                }
            }
        }
    }

    /// <summary>A UUID of an array without what separates its digits; null if it is none.</summary>
    internal static string? Digits(string? uuid)
    {
        const int Length = 32;
        string digits = string.Concat((uuid ?? "").Where(c => c is not (':' or '.' or ' ' or '-'))).ToLowerInvariant();
        return digits.Length == Length && digits.All(char.IsAsciiHexDigit) ? digits : null;
    }

    // Swap has a word there, mostly none or swap.
    private static bool IsPlace(string field, string type) => field.StartsWith('/') || type == "swap" || field is "none" or "swap";

    // A space in a name is \040.
    private static string Decode(string field)
    {
        StringBuilder text = new();
        for (int i = 0; i < field.Length; i++)
        {
            if (field[i] == '\\' && i + 3 < field.Length && field[i + 1] is '0' or '1' && field[i + 2] is >= '0' and <= '7'
                && field[i + 3] is >= '0' and <= '7')
            {
                text.Append((char)(((field[i + 1] - '0') * 64) + ((field[i + 2] - '0') * 8) + (field[i + 3] - '0')));
                i += 3;
            }
            else
            {
                text.Append(field[i]);
            }
        }

        return text.ToString();
    }

    /// <summary>A path without slashes that say nothing.</summary>
    internal static string Canonical(string path) =>
        (path.StartsWith('/') ? "/" : "") + string.Join('/', path.Split('/', StringSplitOptions.RemoveEmptyEntries));
}

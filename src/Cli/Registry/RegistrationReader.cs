// Registration entries (.reg) of Windows' regedit in UTF-16, and of others in UTF-8; those of hivexregedit, too, which may begin without a
// title and have strings of other types. All of a file is read before anything is done: a mistake in its last line changes nothing.
using System.Globalization;
using System.Text;

namespace Guestfs.Cli.Registry;

/// <summary>What one entry asks for: a key to be there, a key to go, or a value to be set.</summary>
/// <param name="Key">The key.</param>
/// <param name="Deletes">Whether it goes, with all that is in it.</param>
/// <param name="Value">The value.</param>
internal sealed record RegistryChange(RegistryKey Key, bool Deletes, RegistryValue? Value);

/// <summary>Reads entries.</summary>
internal sealed class RegistrationReader
{
    private const string Title = "Windows Registry Editor Version 5.00", OldTitle = "REGEDIT4";

    private readonly string name;
    private readonly string[] lines;
    private readonly List<RegistryChange> changes = [];
    private RegistryKey? key;
    private bool isDeleted, isOld;
    private int at;

    private RegistrationReader(string name, string text) => (this.name, lines) = (name, text.Split('\n'));

    /// <summary>Reads all entries.</summary>
    /// <param name="name">What messages call the file.</param>
    /// <param name="bytes">The file.</param>
    /// <exception cref="UsageException">There is something else in it, or what cannot be done.</exception>
    internal static List<RegistryChange> Read(string name, byte[] bytes)
    {
        RegistrationReader reader = new(name, Decode(name, bytes));
        reader.Read();
        return reader.changes;
    }

    private static string Decode(string name, byte[] bytes)
    {
        try
        {
            string text = bytes switch
            {
                [0xFF, 0xFE, ..] => new UnicodeEncoding(false, false, throwOnInvalidBytes: true).GetString(bytes.AsSpan(2)),
                [0xEF, 0xBB, 0xBF, ..] => new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes.AsSpan(3)),
                _ => new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes),
            };
            if (!text.Contains('\0', StringComparison.Ordinal))
            {
                return text.Replace("\r\n", "\n", StringComparison.Ordinal);
            }
        }
        catch (ArgumentException)
        {
        }

        throw new UsageException($"{name} is neither UTF-16, as Windows writes it, nor UTF-8: convert it with iconv.");
    }

    private void Read()
    {
        for (at = 0; at < lines.Length; at++)
        {
            string line = lines[at].Trim();
            switch (line)
            {
                case "" or [';', ..]:
                case Title when key is null:
                    break;
                case OldTitle when key is null:
                    isOld = true;
                    break;
                case ['[', '-', .. var deleted, ']']:
                    key = KeyOf(deleted);
                    isDeleted = true;
                    if (key.Path.Count == 0)
                    {
                        throw Fault($"{key.Name} is a whole file, which is not deleted.");
                    }

                    changes.Add(new(key, true, null));
                    break;
                case ['[', .. var made, ']']:
                    key = KeyOf(made);
                    isDeleted = false;
                    changes.Add(new(key, false, null));
                    break;
                case ['"' or '@', ..]:
                    ReadValue();
                    break;
                default:
                    throw Fault("there is neither a key, nor a value, nor a comment.");
            }
        }
    }

    private RegistryKey KeyOf(string text)
    {
        try
        {
            return RegistryKey.Parse(text);
        }
        catch (UsageException e)
        {
            throw Fault(e.Message);
        }
    }

    private void ReadValue()
    {
        if (key is null || isDeleted)
        {
            throw Fault(key is null ? "a value comes before any key." : "a key that is deleted has a value.");
        }

        string rest = lines[at].TrimStart();
        string value = rest[0] == '@' ? "" : ReadString(ref rest);
        rest = (rest is ['@', ..] ? rest[1..] : rest).TrimStart();
        if (rest is not ['=', ..])
        {
            throw Fault("a value has a name, a '=' and its data.");
        }

        rest = rest[1..].TrimStart();
        changes.Add(new(key, false, ReadData(value, rest)));
    }

    private RegistryValue ReadData(string value, string rest)
    {
        int colon = rest.IndexOf(':', StringComparison.Ordinal);
        string kind = rest is ['"', ..] ? "\"" : colon >= 0 ? rest[..colon].ToLowerInvariant() : rest.TrimEnd();
        rest = kind == "\"" ? rest : rest[(colon + 1)..];
        switch (kind)
        {
            case "\"":
                return new(value, RegistryValue.String, RegistryValue.Terminated(ReadWholeString(rest)));
            case "dword":
                return new(
                    value, RegistryValue.DoubleWord,
                    uint.TryParse(rest.Trim(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint number)
                        ? BitConverter.GetBytes(number)
                        : throw Fault($"'{rest.Trim()}' is not a double word of hexadecimal digits."));
            case "hex":
                return new(value, RegistryValue.Binary, ReadBytes(rest));
            case "-":
                throw Fault(
                    "a value is to be deleted, for which libguestfs has no call: delete its key and set the others again.");
            default:
                bool isText = kind.StartsWith("str(", StringComparison.Ordinal);
                if ((isText || kind.StartsWith("hex(", StringComparison.Ordinal)) && kind.EndsWith(')')
                    && uint.TryParse(kind[4..^1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint type))
                {
                    return new(
                        value, type, isText ? RegistryValue.Terminated(ReadWholeString(rest)) : Widened(type, ReadBytes(rest)));
                }

                throw Fault("its data is of no kind that is known: \"text\", dword:, hex: or hex(type):.");
        }
    }

    // The old form has text in the code page of its Windows.
    private byte[] Widened(uint type, byte[] bytes)
    {
        if (!isOld || type is not ((uint)RegistryValue.String or (uint)RegistryValue.Expand or (uint)RegistryValue.Multi))
        {
            return bytes;
        }

        return Ascii(bytes) is { } text
            ? Encoding.Unicode.GetBytes(text)
            : throw Fault($"of a file that begins with {OldTitle} only ASCII is read: have regedit write the other form.");
    }

    private static string? Ascii(byte[] bytes) => bytes.All(b => b < 0x80) ? Encoding.ASCII.GetString(bytes) : null;

    private byte[] ReadBytes(string rest)
    {
        List<byte> bytes = [];
        rest = rest.Trim();
        while (true)
        {
            bool goesOn = rest.EndsWith('\\');
            foreach (string part in (goesOn ? rest[..^1] : rest).Split(',', StringSplitOptions.TrimEntries))
            {
                if (part.Length > 0)
                {
                    bytes.Add(byte.TryParse(part, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte value)
                        ? value
                        : throw Fault($"'{part}' is not a byte of two hexadecimal digits."));
                }
            }

            if (!goesOn)
            {
                return [.. bytes];
            }

            rest = ++at < lines.Length ? lines[at].Trim() : throw Fault("the file ends within a value.");
        }
    }

    private string ReadWholeString(string rest)
    {
        rest = rest.TrimStart();
        string text = ReadString(ref rest);
        return rest.Trim() is "" or [';', ..] ? text : throw Fault("something comes after the end of a string.");
    }

    // It may go on in further lines.
    private string ReadString(ref string rest)
    {
        if (rest is not ['"', ..])
        {
            throw Fault("a string begins with a quotation mark.");
        }

        StringBuilder text = new();
        for (int i = 1; ; i++)
        {
            if (i == rest.Length)
            {
                rest = ++at < lines.Length ? lines[at] : throw Fault("the file ends within a string.");
                text.Append('\n');
                i = -1;
            }
            else if (rest[i] == '"')
            {
                rest = rest[(i + 1)..];
                return text.ToString();
            }
            else if (rest[i] == '\\')
            {
                text.Append(++i < rest.Length && rest[i] is '\\' or '"'
                    ? rest[i]
                    : throw Fault("a backslash in a string is written twice."));
            }
            else
            {
                text.Append(rest[i]);
            }
        }
    }

    private UsageException Fault(string text) => new($"{name}, line {Math.Min(at + 1, lines.Length)}: {text}");
}

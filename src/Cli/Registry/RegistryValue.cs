using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Guestfs.Cli.Registry;

/// <summary>A value of a key.</summary>
/// <param name="Name">Its name; empty for the key's default value.</param>
/// <param name="Type">Its type: REG_SZ and so on. Windows and programs have others of their own.</param>
/// <param name="Data">Its bytes.</param>
internal sealed record RegistryValue(string Name, long Type, byte[] Data)
{
    internal const long None = 0, String = 1, Expand = 2, Binary = 3, DoubleWord = 4, BigEndian = 5, Multi = 7, QuadWord = 11;

    private static readonly Encoding Strict = new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true);

    private static readonly Dictionary<string, long> Types = new()
    {
        ["none"] = None, ["string"] = String, ["expand"] = Expand, ["binary"] = Binary, ["dword"] = DoubleWord,
        ["dword-be"] = BigEndian, ["multi"] = Multi, ["qword"] = QuadWord,
    };

    private static readonly Dictionary<string, long> WindowsTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["REG_NONE"] = None, ["REG_SZ"] = String, ["REG_EXPAND_SZ"] = Expand, ["REG_BINARY"] = Binary, ["REG_DWORD"] = DoubleWord,
        ["REG_DWORD_BIG_ENDIAN"] = BigEndian, ["REG_MULTI_SZ"] = Multi, ["REG_QWORD"] = QuadWord,
    };

    /// <summary>The names of the types that can be written.</summary>
    internal static string TypeNames => string.Join('|', Types.Keys);

    /// <summary>What people call its type.</summary>
    internal string TypeName => Types.FirstOrDefault(type => type.Value == Type).Key ?? $"0x{Type:x}";

    /// <summary>Its name for people: the default value is <c>@</c>.</summary>
    internal string ShownName => Name.Length == 0 ? "@" : Name;

    /// <summary>Its data for people: strings without the zeros at their ends, of several one for each line, numbers, else hexadecimal
    /// digits.</summary>
    internal string Text => Type switch
    {
        String or Expand when Characters is { } text => text.TrimEnd('\0'),
        Multi when Characters is { } text => string.Join('\n', text.TrimEnd('\0').Split('\0')),
        DoubleWord when Data.Length == 4 => Number(BinaryPrimitives.ReadUInt32LittleEndian(Data)),
        BigEndian when Data.Length == 4 => Number(BinaryPrimitives.ReadUInt32BigEndian(Data)),
        QuadWord when Data.Length == 8 => Number(BinaryPrimitives.ReadUInt64LittleEndian(Data)),
        _ => Convert.ToHexStringLower(Data),
    };

    /// <summary>Its bytes as text; null where they are none.</summary>
    internal string? Characters
    {
        get
        {
            try
            {
                return Strict.GetString(Data);
            }
            catch (ArgumentException)
            {
                return null;
            }
        }
    }

    /// <summary>The number of a type, by its name here or in Windows.</summary>
    internal static long? TypeOf(string name) =>
        Types.TryGetValue(name, out long type) || WindowsTypes.TryGetValue(name, out type) ? type : null;

    /// <summary>The bytes of a string, with the zero at its end.</summary>
    internal static byte[] Terminated(string text) => Encoding.Unicode.GetBytes(text + '\0');

    /// <summary>A value of what a user wrote.</summary>
    /// <exception cref="UsageException">That is nothing of its type.</exception>
    internal static RegistryValue Parse(string name, long type, string[] data)
    {
        if (type != Multi && data.Length != 1 && !(data.Length == 0 && type is None or Binary))
        {
            throw new UsageException(data.Length == 0 ? "The value's data is missing." : $"'{data[1]}' is one argument too many.");
        }

        return new(name, type, type switch
        {
            String or Expand => Terminated(data[0]),
            Multi => Encoding.Unicode.GetBytes(string.Concat(data.Select(line => line + '\0')) + '\0'),
            DoubleWord => BitConverter.GetBytes(checked((uint)ReadNumber(data[0], uint.MaxValue))),
            BigEndian => [.. BitConverter.GetBytes(checked((uint)ReadNumber(data[0], uint.MaxValue))).Reverse()],
            QuadWord => BitConverter.GetBytes(ReadNumber(data[0], ulong.MaxValue)),
            _ => ReadBytes(data.Length == 0 ? "" : data[0]),
        });
    }

    private static ulong ReadNumber(string text, ulong most)
    {
        bool isHex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        return ulong.TryParse(
            isHex ? text[2..] : text, isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture,
            out ulong number) && number <= most
            ? number
            : throw new UsageException($"'{text}' is not a number from 0 to {most}.");
    }

    private static byte[] ReadBytes(string text)
    {
        try
        {
            return Convert.FromHexString(text.Replace(",", "", StringComparison.Ordinal));
        }
        catch (FormatException)
        {
            throw new UsageException($"'{text}' is not pairs of hexadecimal digits.");
        }
    }

    private static string Number(ulong number) => number.ToString(CultureInfo.InvariantCulture);
}

// Writes results the way guestfish prints them.
using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace Guestfs.IntegrationTests.Comparison;

/// <summary>Results of the managed API as guestfish prints those of the C functions.</summary>
internal static class GuestfishText
{
    /// <summary>The text for what a function returned; bytes, as characters up to U+00FF.</summary>
    /// <param name="function">The C name: a few functions have a format of their own.</param>
    /// <param name="result">What the managed method returned.</param>
    internal static string Of(string function, object? result) => result switch
    {
        null => "",
        int number when function == "part_get_mbr_id" => $"0x{number:x}\n",
        int number when function is "umask" or "get_umask" => $"0{Convert.ToString(number, 8)}\n",
        byte[] bytes => Encoding.Latin1.GetString(bytes),
        string[] list => string.Concat(list.Select(Line)),
        IReadOnlyDictionary<string, string> table => string.Concat(table.Select(pair => Line($"{pair.Key}: {pair.Value}"))),
        IList structs => string.Concat(structs.Cast<object>().Select((s, i) => $"[{i}] = {{\n{Fields(s, "  ")}}}\n")),
        bool or int or long or string => Line(Scalar(result)),
        _ => Fields(result, ""),
    };

    private static string Fields(object structure, string indent) =>
        string.Concat(FieldNames(structure.GetType()).Zip(
            structure.GetType()
                .GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(p => p.CanWrite)
                .OrderBy(p => p.MetadataToken),
            (name, p) => $"{indent}{name}: {Field(p.GetValue(structure))}\n"));

    // Those of the structure that the record is read from: the record's properties have names of their own, in the same order.
    private static IEnumerable<string> FieldNames(Type record)
    {
        Type native =
            record.GetMethod("Take", BindingFlags.NonPublic | BindingFlags.Static)!.GetParameters()[0].ParameterType.GetElementType()!;
        string[] names = [.. native.GetFields(BindingFlags.Public | BindingFlags.Instance).Select(f => f.Name)];

        // A buffer is its length and then the bytes.
        return names.Where(name => !name.EndsWith("_len", StringComparison.Ordinal) || !names.Contains(name[..^"_len".Length]));
    }

    // guestfish writes bytes of buffers that are not printable ASCII as \xNN.
    private static string Field(object? value) => value is byte[] bytes
        ? string.Concat(bytes.Select(b => b is >= 0x20 and < 0x7f ? ((char)b).ToString() : $"\\x{b:x2}"))
        : Latin(Scalar(value));

    private static string Scalar(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        float percent => string.Create(CultureInfo.InvariantCulture, $"{percent} %"),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private static string Line(string text) => Latin(text) + "\n";

    /// <summary>The bytes of a string, as characters up to U+00FF.</summary>
    internal static string Latin(string text) => Encoding.Latin1.GetString(LosslessUtf8.GetBytes(text));
}

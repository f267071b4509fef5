using System.Globalization;

namespace Guestfs.Cli;

/// <summary>Sizes as people write them.</summary>
internal static class ByteSize
{
    /// <summary>What a size should be, for messages.</summary>
    internal const string Wanted = "a size: a number of bytes, or one with K, M, G or T, such as 4G, and below 1024T";

    private const long Max = 1L << 50;

    /// <summary>A number of bytes, with K, M, G or T for powers of 1024; null if it is none, or too large for any disk.</summary>
    internal static long? Read(string text)
    {
        int unit = text.Length > 0 ? "KMGT".IndexOf(char.ToUpperInvariant(text[^1]), StringComparison.Ordinal) : -1;
        ReadOnlySpan<char> number = unit < 0 ? text : text.AsSpan(0, text.Length - 1);

        // Below the limit first: a decimal that is multiplied beyond its range throws.
        return decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value)
            && value < Max && value * (1L << (10 * (unit + 1))) is >= 1 and < Max and decimal bytes
            ? (long)bytes
            : null;
    }
}

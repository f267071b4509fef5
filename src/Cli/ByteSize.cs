using System.Globalization;

using Guestfs.Appliances;

namespace Guestfs.Cli;

/// <summary>Sizes as people write them.</summary>
internal static class ByteSize
{
    /// <summary>A number of bytes, with K, M, G or T for powers of 1024.</summary>
    internal static long Parse(string text)
    {
        int unit = text.Length > 0 ? "KMGT".IndexOf(char.ToUpperInvariant(text[^1]), StringComparison.Ordinal) : -1;
        ReadOnlySpan<char> number = unit < 0 ? text : text.AsSpan(0, text.Length - 1);
        return decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value)
            && value * (1L << (10 * (unit + 1))) is > 0 and < 1L << 50 and decimal bytes
            ? (long)bytes
            : throw new ApplianceException(ApplianceProblem.InvalidInput, $"'{text}' is not a size. Write a number of bytes, or one with K, M, G or T, such as 4G.");
    }
}

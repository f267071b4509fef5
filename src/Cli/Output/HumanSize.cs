using System.Globalization;

namespace Guestfs.Cli.Output;

/// <summary>Sizes as <c>ls -h</c> writes them: in powers of 1024, rounded up, with one place below ten.</summary>
internal static class HumanSize
{
    internal static string Of(long bytes)
    {
        decimal value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < 6)
        {
            value /= 1024;
            unit++;
        }

        if (unit == 0)
        {
            return bytes.ToString(CultureInfo.InvariantCulture);
        }

        decimal rounded = Math.Ceiling(value * 10) / 10;
        if (rounded >= 10)
        {
            rounded = Math.Ceiling(value);
        }

        return rounded >= 1024 && unit < 6
            ? $"1.0{"KMGTPE"[unit]}"
            : rounded.ToString(rounded < 10 ? "0.0" : "0", CultureInfo.InvariantCulture) + "KMGTPE"[unit - 1];
    }
}

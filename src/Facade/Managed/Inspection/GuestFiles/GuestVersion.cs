using System.Globalization;

namespace Guestfs;

/// <summary>A version in two numbers; 0.0 is the one of systems that have none.</summary>
internal readonly record struct GuestVersion(int Major, int Minor)
{
    private const int MaxDigits = 9;

    /// <summary>The first number with a dot and another one, else the first number, else null.</summary>
    internal static GuestVersion? Find(string text)
    {
        for (int at = 0; at < text.Length; at++)
        {
            int end = at;
            if (ReadNumber(text, ref end) is { } major && end < text.Length && text[end] == '.')
            {
                end++;
                if (ReadNumber(text, ref end) is { } minor)
                {
                    return new GuestVersion(major, minor);
                }
            }
        }

        int first = text.AsSpan().IndexOfAnyInRange('0', '9');
        return first >= 0 && ReadNumber(text, ref first) is { } number ? new GuestVersion(number, 0) : null;
    }

    /// <summary>The number at a place, behind which the place is then; null if there is none of sensible size.</summary>
    internal static int? ReadNumber(string text, ref int at)
    {
        int start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return at > start && at - start <= MaxDigits ? int.Parse(text.AsSpan(start, at - start), CultureInfo.InvariantCulture) : null;
    }
}

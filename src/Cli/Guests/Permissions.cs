using System.Globalization;

namespace Guestfs.Cli.Guests;

/// <summary>Permissions as chmod(1) takes them: octal, or changes such as <c>u+x,go-w</c>.</summary>
internal static class Permissions
{
    private const int All = 0xFFF, SetUser = 0x800, SetGroup = 0x400, Sticky = 0x200;

    /// <summary>Octal digits; null where they are none.</summary>
    internal static int? Octal(string text)
    {
        int mode = 0;
        foreach (char digit in text)
        {
            if (digit is < '0' or > '7' || (mode = (mode << 3) | (digit - '0')) > All)
            {
                return null;
            }
        }

        return text.Length > 0 ? mode : null;
    }

    /// <summary>The permissions of a file after a change; null where the change cannot be understood.</summary>
    /// <param name="text">Octal digits, or changes with commas between.</param>
    /// <param name="mode">What it has, with its type.</param>
    internal static int? Apply(string text, int mode)
    {
        if (Octal(text) is { } whole)
        {
            return whole;
        }

        int result = mode & All;
        foreach (string change in text.Split(','))
        {
            int at = change.AsSpan().IndexOfAnyExcept("ugoa");
            if (at < 0 || change[at] is not ('+' or '-' or '='))
            {
                return null;
            }

            string who = at == 0 ? "a" : change[..at];
            while (at < change.Length)
            {
                char how = change[at];
                int end = at + 1;
                while (end < change.Length && change[end] is not ('+' or '-' or '='))
                {
                    end++;
                }

                if (how is not ('+' or '-' or '=') || Bits(change[(at + 1)..end], who, mode, result) is not { } bits)
                {
                    return null;
                }

                result = how == '+' ? result | bits : how == '-' ? result & ~bits : (result & ~Mask(who)) | bits;
                at = end;
            }
        }

        return result;
    }

    private static int? Bits(string letters, string who, int mode, int current)
    {
        // One of the three stands for what it has.
        int triple = letters switch { "u" => current >> 6 & 7, "g" => current >> 3 & 7, "o" => current & 7, _ => 0 }, special = 0;
        foreach (char letter in letters is "u" or "g" or "o" ? "" : letters)
        {
            switch (letter)
            {
                case 'r':
                    triple |= 4;
                    break;
                case 'w':
                    triple |= 2;
                    break;
                case 'x':
                    triple |= 1;
                    break;
                case 'X':
                    // For directories, and files that somebody may run already.
                    triple |= (mode & 0xF000) == 0x4000 || (current & 0x49) != 0 ? 1 : 0;
                    break;
                case 's':
                    special |= (Has(who, 'u') ? SetUser : 0) | (Has(who, 'g') ? SetGroup : 0);
                    break;
                case 't':
                    special |= Sticky;
                    break;
                default:
                    return null;
            }
        }

        return special | (Has(who, 'u') ? triple << 6 : 0) | (Has(who, 'g') ? triple << 3 : 0) | (Has(who, 'o') ? triple : 0);
    }

    private static int Mask(string who) =>
        (Has(who, 'u') ? 0x1C0 | SetUser : 0) | (Has(who, 'g') ? 0x38 | SetGroup : 0) | (Has(who, 'o') ? 7 | Sticky : 0);

    private static bool Has(string who, char part) =>
        who.Contains(part, StringComparison.Ordinal) || who.Contains('a', StringComparison.Ordinal);
}

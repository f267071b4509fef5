// The order of pacman's versions, vercmp(8): close to rpm's, without tilde and caret, and with suffixes that make a version older.
using Guestfs.Appliances.Packages;

namespace Guestfs.Appliances.Pacman;

/// <summary>Compares pacman's versions.</summary>
internal static class PacmanVersion
{
    /// <summary>
    /// Compares <c>[epoch:]version[-release]</c>: negative if the first is older. No epoch is 0; a release that only
    /// one of them has does not matter.
    /// </summary>
    internal static int Compare(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        if (a.SequenceEqual(b))
        {
            return 0;
        }

        Split(a, out var epochA, out var versionA, out var releaseA);
        Split(b, out var epochB, out var versionB, out var releaseB);
        int order = CompareParts(epochA, epochB);
        order = order != 0 ? order : CompareParts(versionA, versionB);
        return order != 0 || releaseA.IsEmpty || releaseB.IsEmpty ? order : CompareParts(releaseA, releaseB);
    }

    private static void Split(
        ReadOnlySpan<char> text, out ReadOnlySpan<char> epoch, out ReadOnlySpan<char> version, out ReadOnlySpan<char> release)
    {
        int digits = VersionSegment.Count(text, number: true);
        bool hasEpoch = digits < text.Length && text[digits] == ':';
        epoch = hasEpoch && digits > 0 ? text[..digits] : "0";
        text = hasEpoch ? text[(digits + 1)..] : text;
        int dash = text.LastIndexOf('-');
        version = dash < 0 ? text : text[..dash];
        release = dash < 0 ? [] : text[(dash + 1)..];
    }

    private static int CompareParts(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        if (a.SequenceEqual(b))
        {
            return 0;
        }

        while (!a.IsEmpty && !b.IsEmpty)
        {
            int separatorsA = CountSeparators(a), separatorsB = CountSeparators(b);
            a = a[separatorsA..];
            b = b[separatorsB..];
            if (a.IsEmpty || b.IsEmpty)
            {
                break;
            }

            if (separatorsA != separatorsB)
            {
                return separatorsA.CompareTo(separatorsB);
            }

            int order = VersionSegment.CompareFirst(ref a, ref b);
            if (order != 0)
            {
                return order;
            }
        }

        if (a.IsEmpty && b.IsEmpty)
        {
            return 0;
        }

        // What goes on with text is older than what ends, as 1.0rc is than 1.0; with a number it is newer.
        return a.IsEmpty ? (char.IsAsciiLetter(b[0]) ? 1 : -1) : char.IsAsciiLetter(a[0]) ? -1 : 1;
    }

    private static int CountSeparators(ReadOnlySpan<char> text)
    {
        int count = 0;
        while (count < text.Length && !char.IsAsciiLetterOrDigit(text[count]))
        {
            count++;
        }

        return count;
    }
}

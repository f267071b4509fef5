using Guestfs.Appliances.Packages;

namespace Guestfs.Appliances.Rpm;

/// <summary>
/// The order of rpm versions, rpm-version(7): segments of digits and of letters; a tilde sorts before the end, a caret
/// after it.
/// </summary>
internal static class RpmVersion
{
    /// <summary>
    /// Compares epoch, version and release, as <c>[epoch:]version[-release]</c>: negative if the first is older. No
    /// epoch is 0; a release that only one of them has does not matter.
    /// </summary>
    internal static int Compare(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        Split(a, out var epochA, out var versionA, out var releaseA);
        Split(b, out var epochB, out var versionB, out var releaseB);
        int order = CompareParts(epochA.IsEmpty ? "0" : epochA, epochB.IsEmpty ? "0" : epochB);
        order = order != 0 ? order : CompareParts(versionA, versionB);
        return order != 0 || releaseA.IsEmpty || releaseB.IsEmpty ? order : CompareParts(releaseA, releaseB);
    }

    private static int CompareParts(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        if (a.SequenceEqual(b))
        {
            return 0;
        }

        while (true)
        {
            a = a[CountSeparators(a)..];
            b = b[CountSeparators(b)..];
            if (a.StartsWith('~') || b.StartsWith('~'))
            {
                if (!a.StartsWith('~') || !b.StartsWith('~'))
                {
                    return a.StartsWith('~') ? -1 : 1;
                }
            }
            else if (a.StartsWith('^') || b.StartsWith('^'))
            {
                if (!a.StartsWith('^') || !b.StartsWith('^'))
                {
                    // Newer than the version that ends here, older than the version that goes on.
                    return a.IsEmpty ? -1 : b.IsEmpty ? 1 : a.StartsWith('^') ? -1 : 1;
                }
            }
            else if (a.IsEmpty || b.IsEmpty)
            {
                return a.Length.CompareTo(b.Length);
            }
            else
            {
                int order = VersionSegment.CompareFirst(ref a, ref b);
                if (order != 0)
                {
                    return order;
                }

                continue;
            }

            a = a[1..];
            b = b[1..];
        }
    }

    private static void Split(
        ReadOnlySpan<char> text, out ReadOnlySpan<char> epoch, out ReadOnlySpan<char> version, out ReadOnlySpan<char> release)
    {
        int digits = VersionSegment.Count(text, number: true);
        bool hasEpoch = digits < text.Length && text[digits] == ':';
        epoch = hasEpoch ? text[..digits] : [];
        text = hasEpoch ? text[(digits + 1)..] : text;
        int dash = text.LastIndexOf('-');
        version = dash < 0 ? text : text[..dash];
        release = dash < 0 ? [] : text[(dash + 1)..];
    }

    private static int CountSeparators(ReadOnlySpan<char> text)
    {
        int count = 0;
        while (count < text.Length && !char.IsAsciiLetterOrDigit(text[count]) && text[count] is not '~' and not '^')
        {
            count++;
        }

        return count;
    }
}

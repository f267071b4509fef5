// The version format specification of the UAPI group, which systemd compares names of partitions by.
namespace Guestfs;

internal static class ImageVersion
{
    private const string Separators = "-^.";

    /// <summary>Compares two versions, or names with versions in them, in the way of other comparers.</summary>
    internal static int Compare(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        while (true)
        {
            a = SkipOthers(a);
            b = SkipOthers(b);
            if (Separate(ref a, ref b, '~') is not 0 and var older)
            {
                return older;
            }

            if (a.IsEmpty || b.IsEmpty)
            {
                return b.IsEmpty.CompareTo(a.IsEmpty);
            }

            foreach (char separator in Separators)
            {
                if (Separate(ref a, ref b, separator) is not 0 and var order)
                {
                    return order;
                }
            }

            bool isNumber = Starts(a, true) || Starts(b, true);
            ReadOnlySpan<char> first = Take(ref a, isNumber), second = Take(ref b, isNumber);
            int result = isNumber ? CompareNumbers(first, second) : first.SequenceCompareTo(second);
            if (result != 0)
            {
                return result;
            }
        }
    }

    // What one has and the other has not makes it the older one.
    private static int Separate(ref ReadOnlySpan<char> a, ref ReadOnlySpan<char> b, char separator)
    {
        bool hasA = a.StartsWith([separator]), hasB = b.StartsWith([separator]);
        if (hasA && hasB)
        {
            a = a[1..];
            b = b[1..];
        }

        return hasB.CompareTo(hasA);
    }

    // Any number is newer than none.
    private static int CompareNumbers(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        if (a.IsEmpty || b.IsEmpty)
        {
            return b.IsEmpty.CompareTo(a.IsEmpty);
        }

        a = a.TrimStart('0');
        b = b.TrimStart('0');
        return a.Length != b.Length ? a.Length.CompareTo(b.Length) : a.SequenceCompareTo(b);
    }

    private static ReadOnlySpan<char> SkipOthers(ReadOnlySpan<char> text)
    {
        int skipped = 0;
        while (skipped < text.Length && !char.IsAsciiLetterOrDigit(text[skipped]) && text[skipped] != '~'
            && !Separators.Contains(text[skipped], StringComparison.Ordinal))
        {
            skipped++;
        }

        return text[skipped..];
    }

    private static ReadOnlySpan<char> Take(ref ReadOnlySpan<char> text, bool digits)
    {
        int length = 0;
        while (Starts(text[length..], digits))
        {
            length++;
        }

        ReadOnlySpan<char> taken = text[..length];
        text = text[length..];
        return taken;
    }

    private static bool Starts(ReadOnlySpan<char> text, bool digit) =>
        text.Length > 0 && (digit ? char.IsAsciiDigit(text[0]) : char.IsAsciiLetter(text[0]));
}

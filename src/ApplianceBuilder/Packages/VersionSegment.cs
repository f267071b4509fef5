namespace Guestfs.Appliances.Packages;

/// <summary>What the three orders of versions have in common: runs of digits or letters, and numbers of any length.</summary>
internal static class VersionSegment
{
    /// <summary>How many digits, or ASCII letters, a text begins with.</summary>
    internal static int Count(ReadOnlySpan<char> text, bool number)
    {
        int count = 0;
        while (count < text.Length && (number ? char.IsAsciiDigit(text[count]) : char.IsAsciiLetter(text[count])))
        {
            count++;
        }

        return count;
    }

    /// <summary>Compares the runs that two versions begin with, as rpm and pacman do, and takes them off where they are equal.</summary>
    internal static int CompareFirst(ref ReadOnlySpan<char> a, ref ReadOnlySpan<char> b)
    {
        bool number = char.IsAsciiDigit(a[0]);
        int lengthA = Count(a, number), lengthB = Count(b, number);
        if (lengthB == 0)
        {
            // A number is newer than text.
            return number ? 1 : -1;
        }

        int order = number ? CompareNumbers(a[..lengthA], b[..lengthB]) : a[..lengthA].SequenceCompareTo(b[..lengthB]);
        if (order == 0)
        {
            a = a[lengthA..];
            b = b[lengthB..];
        }

        return order;
    }

    /// <summary>Compares digits by their value, however many they are.</summary>
    internal static int CompareNumbers(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        a = a.TrimStart('0');
        b = b.TrimStart('0');
        return a.Length != b.Length ? a.Length.CompareTo(b.Length) : a.SequenceCompareTo(b);
    }
}

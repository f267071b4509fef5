// Orders versions of Debian packages: epoch, upstream version, revision, as Debian Policy 5.6.12 says.
namespace Guestfs.Appliances;

/// <summary>A version of a Debian package. Equal means the same order, so <c>1.0</c> and <c>0:1.0-0</c> are equal.</summary>
internal readonly record struct DebianVersion : IComparable<DebianVersion>, IComparable
{
    private readonly string? text;

    private DebianVersion(string text) => this.text = text;

    private string Text => text ?? "";

    /// <summary>Takes a version as it is written; anything is accepted, and compared by the same rules.</summary>
    internal static DebianVersion Parse(string version) => new(version.Trim());

    /// <inheritdoc/>
    public bool Equals(DebianVersion other) => CompareTo(other) == 0;

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        // Only what equal versions surely have in common: leading zeros, an epoch 0 and a revision 0 may be missing.
        Split(Text, out _, out ReadOnlySpan<char> upstream, out _);
        HashCode hash = default;
        foreach (char c in upstream)
        {
            if (!char.IsAsciiDigit(c))
            {
                hash.Add(c);
            }
        }

        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <inheritdoc/>
    public int CompareTo(object? obj) => obj is DebianVersion other ? CompareTo(other) : 1;

    /// <inheritdoc/>
    public int CompareTo(DebianVersion other)
    {
        Split(Text, out ReadOnlySpan<char> epoch, out ReadOnlySpan<char> upstream, out ReadOnlySpan<char> revision);
        Split(other.Text, out ReadOnlySpan<char> otherEpoch, out ReadOnlySpan<char> otherUpstream, out ReadOnlySpan<char> otherRevision);
        int order = CompareDigits(epoch, otherEpoch);
        order = order != 0 ? order : ComparePart(upstream, otherUpstream);
        return order != 0 ? order : ComparePart(revision, otherRevision);
    }

    private static void Split(ReadOnlySpan<char> version, out ReadOnlySpan<char> epoch, out ReadOnlySpan<char> upstream, out ReadOnlySpan<char> revision)
    {
        int colon = version.IndexOf(':');
        epoch = colon < 0 ? [] : version[..colon];
        version = version[(colon + 1)..];
        int dash = version.LastIndexOf('-');
        upstream = dash < 0 ? version : version[..dash];
        revision = dash < 0 ? [] : version[(dash + 1)..];
    }

    // Turns of what is not digits, character by character, and of numbers.
    private static int ComparePart(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        while (!a.IsEmpty || !b.IsEmpty)
        {
            while ((!a.IsEmpty && !char.IsAsciiDigit(a[0])) || (!b.IsEmpty && !char.IsAsciiDigit(b[0])))
            {
                int order = Weight(a) - Weight(b);
                if (order != 0)
                {
                    return Math.Sign(order);
                }

                a = a.IsEmpty ? a : a[1..];
                b = b.IsEmpty ? b : b[1..];
            }

            int number = CompareDigits(TakeDigits(ref a), TakeDigits(ref b));
            if (number != 0)
            {
                return number;
            }
        }

        return 0;
    }

    // A tilde comes before even the end, letters before everything else.
    private static int Weight(ReadOnlySpan<char> rest) => rest.IsEmpty || char.IsAsciiDigit(rest[0]) ? 0 : rest[0] switch
    {
        '~' => -1,
        char c when char.IsAsciiLetter(c) => c,
        char c => c + 0x10000,
    };

    private static ReadOnlySpan<char> TakeDigits(ref ReadOnlySpan<char> rest)
    {
        int end = rest.IndexOfAnyExceptInRange('0', '9');
        ReadOnlySpan<char> digits = end < 0 ? rest : rest[..end];
        rest = rest[digits.Length..];
        return digits;
    }

    private static int CompareDigits(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        a = a.TrimStart('0');
        b = b.TrimStart('0');
        return a.Length != b.Length ? Math.Sign(a.Length - b.Length) : Math.Sign(a.SequenceCompareTo(b));
    }

    /// <summary>Order.</summary>
    public static bool operator <(DebianVersion a, DebianVersion b) => a.CompareTo(b) < 0;

    /// <summary>Order.</summary>
    public static bool operator >(DebianVersion a, DebianVersion b) => a.CompareTo(b) > 0;

    /// <summary>Order.</summary>
    public static bool operator <=(DebianVersion a, DebianVersion b) => a.CompareTo(b) <= 0;

    /// <summary>Order.</summary>
    public static bool operator >=(DebianVersion a, DebianVersion b) => a.CompareTo(b) >= 0;
}

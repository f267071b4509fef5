// Versions of Debian packages and their order, deb-version(7): epoch, upstream version, revision; a tilde sorts before the end.
using Guestfs.Appliances.Packages;

namespace Guestfs.Appliances.Debian;

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
        ReadOnlySpan<char> upstream = Text.AsSpan()[(Text.IndexOf(':', StringComparison.Ordinal) + 1)..];
        int dash = upstream.LastIndexOf('-');
        HashCode hash = default;
        foreach (char c in dash < 0 ? upstream : upstream[..dash])
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
    public int CompareTo(DebianVersion other) => Math.Sign(Compare(Text, other.Text));

    /// <summary>Order.</summary>
    public static bool operator <(DebianVersion a, DebianVersion b) => a.CompareTo(b) < 0;

    /// <summary>Order.</summary>
    public static bool operator >(DebianVersion a, DebianVersion b) => a.CompareTo(b) > 0;

    /// <summary>Order.</summary>
    public static bool operator <=(DebianVersion a, DebianVersion b) => a.CompareTo(b) <= 0;

    /// <summary>Order.</summary>
    public static bool operator >=(DebianVersion a, DebianVersion b) => a.CompareTo(b) >= 0;

    /// <summary>Negative if the first version is older, positive if it is newer. Any strings are compared, valid or not.</summary>
    internal static int Compare(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        Split(a, out var epochA, out var upstreamA, out var revisionA);
        Split(b, out var epochB, out var upstreamB, out var revisionB);
        int order = VersionSegment.CompareNumbers(epochA, epochB);
        order = order != 0 ? order : ComparePart(upstreamA, upstreamB);
        return order != 0 ? order : ComparePart(revisionA, revisionB);
    }

    private static void Split(
        ReadOnlySpan<char> version, out ReadOnlySpan<char> epoch, out ReadOnlySpan<char> upstream, out ReadOnlySpan<char> revision)
    {
        int colon = version.IndexOf(':');
        epoch = colon < 0 ? [] : version[..colon];
        version = version[(colon + 1)..];
        int dash = version.LastIndexOf('-');
        upstream = dash < 0 ? version : version[..dash];
        revision = dash < 0 ? [] : version[(dash + 1)..];
    }

    // Text and number in turn, beginning with text.
    private static int ComparePart(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        while (!a.IsEmpty || !b.IsEmpty)
        {
            int at = 0;
            while (IsText(a, at) || IsText(b, at))
            {
                int order = Weight(a, at) - Weight(b, at);
                if (order != 0)
                {
                    return order;
                }

                at++;
            }

            a = a[Math.Min(at, a.Length)..];
            b = b[Math.Min(at, b.Length)..];
            int digitsA = VersionSegment.Count(a, number: true), digitsB = VersionSegment.Count(b, number: true);
            int numbers = VersionSegment.CompareNumbers(a[..digitsA], b[..digitsB]);
            if (numbers != 0)
            {
                return numbers;
            }

            a = a[digitsA..];
            b = b[digitsB..];
        }

        return 0;
    }

    private static bool IsText(ReadOnlySpan<char> text, int at) => at < text.Length && !char.IsAsciiDigit(text[at]);

    // Letters before everything else; the end, and a digit where the other has text, before letters; the tilde first.
    private static int Weight(ReadOnlySpan<char> text, int at) => at >= text.Length || char.IsAsciiDigit(text[at]) ? 0
        : text[at] == '~' ? -1
        : char.IsAsciiLetter(text[at]) ? text[at]
        : text[at] + 256;
}

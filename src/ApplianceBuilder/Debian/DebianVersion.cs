// A version as a value that knows its order.
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
    public int CompareTo(DebianVersion other) => Math.Sign(DpkgVersion.Compare(Text, other.Text));

    /// <summary>Order.</summary>
    public static bool operator <(DebianVersion a, DebianVersion b) => a.CompareTo(b) < 0;

    /// <summary>Order.</summary>
    public static bool operator >(DebianVersion a, DebianVersion b) => a.CompareTo(b) > 0;

    /// <summary>Order.</summary>
    public static bool operator <=(DebianVersion a, DebianVersion b) => a.CompareTo(b) <= 0;

    /// <summary>Order.</summary>
    public static bool operator >=(DebianVersion a, DebianVersion b) => a.CompareTo(b) >= 0;
}

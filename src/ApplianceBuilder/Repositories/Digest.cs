using System.Diagnostics.CodeAnalysis;

namespace Guestfs.Appliances.Repositories;

/// <summary>A SHA-256 digest.</summary>
internal readonly record struct Digest
{
    private readonly string hex;

    private Digest(string hex) => this.hex = hex;

    /// <summary>Takes a computed digest.</summary>
    internal static Digest From(ReadOnlySpan<byte> bytes) => new(Convert.ToHexStringLower(bytes));

    /// <summary>Parses 64 hexadecimal digits; null when the text is not that.</summary>
    [SuppressMessage("Globalization", "CA1308", Justification = "Digests are written in lower case, and become file names.")]
    internal static Digest? TryParse(string text) =>
        text.Length == 64 && text.All(char.IsAsciiHexDigit) ? new Digest(text.ToLowerInvariant()) : null;

    /// <summary>Lower-case hexadecimal digits.</summary>
    public override string ToString() => hex;
}

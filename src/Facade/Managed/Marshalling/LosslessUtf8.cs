using Encoding = Guestfs.Interop.LosslessUtf8;

namespace Guestfs;

/// <summary>
/// The encoding of every string this library takes and returns: UTF-8, except that a byte that is not part of valid
/// UTF-8 becomes the lone surrogate U+DC80 to U+DCFF, and goes out again as that byte (as in Python's PEP 383).
/// A guest's file names are bytes without an encoding; this way each of them survives a round trip.
/// </summary>
public static class LosslessUtf8
{
    /// <summary>Bytes to a string. Never fails.</summary>
    public static string GetString(ReadOnlySpan<byte> bytes) => Encoding.GetString(bytes);

    /// <summary>A string to bytes, the inverse of <see cref="GetString"/>.</summary>
    /// <exception cref="ArgumentException">The string has a lone surrogate that stands for no byte.</exception>
    public static byte[] GetBytes(string text) => Encoding.GetBytes(text);

    internal static int GetMaxByteCount(int chars) => Encoding.GetMaxByteCount(chars);

    internal static int GetBytes(ReadOnlySpan<char> text, Span<byte> bytes) => Encoding.GetBytes(text, bytes);
}

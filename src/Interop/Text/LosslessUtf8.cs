// Strings of the guest as .NET strings and back, without losing a byte. Guestfs has a public form of it.
using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Guestfs.Interop;

/// <summary>
/// The encoding of every string this library takes and returns: UTF-8, except that a byte that is not part of valid
/// UTF-8 becomes the lone surrogate U+DC80 to U+DCFF, and goes out again as that byte (as in Python's PEP 383).
/// A guest's file names are bytes without an encoding; this way each of them survives a round trip.
/// </summary>
internal static class LosslessUtf8
{
    private const char EscapeBase = '\uDC00';
    private const int StackChars = 256;

    /// <summary>Bytes to a string. Never fails.</summary>
    internal static string GetString(ReadOnlySpan<byte> bytes)
    {
        // Nearly all strings are ASCII: their length is known, so they are written straight into the result.
        return Ascii.IsValid(bytes) ? Encoding.Latin1.GetString(bytes) : GetOtherString(bytes);
    }

    private static string GetOtherString(ReadOnlySpan<byte> bytes)
    {
        // UTF-16 never has more units than UTF-8 has bytes.
        char[]? rented = null;
        Span<char> chars = bytes.Length <= StackChars
            ? stackalloc char[StackChars]
            : rented = ArrayPool<char>.Shared.Rent(bytes.Length);
        string result = Utf8.ToUtf16(bytes, chars, out _, out int written, replaceInvalidSequences: false) == OperationStatus.Done
            ? new string(chars[..written])
            : new string(chars[..GetEscapedChars(bytes, chars)]);
        if (rented is not null)
        {
            ArrayPool<char>.Shared.Return(rented);
        }

        return result;
    }

    /// <summary>A string to bytes, the inverse of <see cref="GetString"/>.</summary>
    /// <exception cref="ArgumentException">The string has a lone surrogate that stands for no byte.</exception>
    internal static byte[] GetBytes(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        byte[] bytes = new byte[GetMaxByteCount(text.Length)];

        // An array's range would bring the code that makes types at run time: 200 KB of a small program.
        return bytes.AsSpan(0, GetBytes(text, bytes)).ToArray();
    }

    /// <summary>The most bytes that many UTF-16 units can become.</summary>
    internal static int GetMaxByteCount(int chars) => checked(chars * 3);

    /// <summary>Encodes into a buffer of at least <see cref="GetMaxByteCount"/> bytes, and returns how many were used.</summary>
    internal static int GetBytes(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        int written = 0;
        while (true)
        {
            OperationStatus status = Utf8.FromUtf16(text, bytes[written..], out int read, out int count, replaceInvalidSequences: false);
            written += count;
            if (status == OperationStatus.Done)
            {
                return written;
            }

            // InvalidData (or NeedMoreData at the end): text[read] is a lone surrogate.
            char c = text[read];
            if (c is < '\uDC80' or > '\uDCFF')
            {
                throw new ArgumentException(
                    $"The string has the lone surrogate U+{(int)c:X4}, which stands for no byte: only U+DC80 to U+DCFF do.", nameof(text));
            }

            bytes[written++] = (byte)(c - EscapeBase);
            text = text[(read + 1)..];
        }
    }

    private static int GetEscapedChars(ReadOnlySpan<byte> bytes, Span<char> chars)
    {
        int written = 0;
        while (true)
        {
            OperationStatus status = Utf8.ToUtf16(bytes, chars[written..], out int read, out int count, replaceInvalidSequences: false);
            written += count;
            if (status == OperationStatus.Done)
            {
                return written;
            }

            // One byte at a time: the next may begin a valid sequence.
            chars[written++] = (char)(EscapeBase + bytes[read]);
            bytes = bytes[(read + 1)..];
        }
    }
}

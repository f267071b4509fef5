// Standard error as libguestfs writes to it: the descriptor, whatever System.Console was told.
using System.Globalization;
using System.Text;

using Guestfs.Interop;

namespace Guestfs;

/// <summary>Writes what libguestfs would have written.</summary>
internal static class StandardError
{
    /// <summary>A message of this library.</summary>
    internal static void WriteLine(string message) => Write(LosslessUtf8.GetBytes(PrintableText.Of(message) + "\n"));

    /// <summary>A piece of the console, in libguestfs' way: what is not printable is escaped as in C.</summary>
    internal static void WriteConsole(ReadOnlySpan<byte> piece)
    {
        const string letters = "abtnvfr";
        StringBuilder text = new(piece.Length);
        foreach (byte b in piece)
        {
            _ = b switch
            {
                (byte)'\n' or (byte)'\r' or (>= 0x20 and < 0x7F) => text.Append((char)b),
                0 => text.Append("\\0"),
                >= 7 and <= 13 => text.Append('\\').Append(letters[b - 7]),
                _ => text.Append(CultureInfo.InvariantCulture, $"\\x{b:x}"),
            };
        }

        Write(Encoding.ASCII.GetBytes(text.ToString()));
    }

    // Not a FileStream: it would keep a position of its own, and C and other processes write to the same descriptor.
    // Nobody can be told when it fails.
    private static unsafe void Write(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* first = bytes)
        {
            for (nint done = 0, count; done < bytes.Length; done += count)
            {
                count = Libc.write(Libc.STDERR_FILENO, first + done, (nuint)(bytes.Length - done));
                if (count <= 0)
                {
                    return;
                }
            }
        }
    }
}

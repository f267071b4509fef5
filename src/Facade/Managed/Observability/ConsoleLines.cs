// Console text comes in pieces that end anywhere.
using Guestfs.Interop;

namespace Guestfs;

/// <summary>Makes lines of pieces, without the sequences that colour and move on a terminal, and without empty lines.</summary>
internal sealed class ConsoleLines(Action<string> line)
{
    // A console that never ends its line must not fill the memory. What comes in parts is not cut.
    private const int MaxLength = PrintableText.MaxLength;

    private byte[] kept = new byte[256];
    private int length;

    /// <summary>Adds a piece; gives out the lines that it completes.</summary>
    internal void Add(ReadOnlySpan<byte> piece)
    {
        foreach (byte b in piece)
        {
            if (b is (byte)'\n' or (byte)'\r')
            {
                Flush();
                continue;
            }

            if (length == MaxLength)
            {
                Flush();
            }
            else if (length == kept.Length)
            {
                Array.Resize(ref kept, 2 * length);
            }

            kept[length++] = b;
        }
    }

    /// <summary>Gives out what has no end yet.</summary>
    internal void Flush()
    {
        ReadOnlySpan<byte> bytes = kept.AsSpan(0, length);
        length = 0;
        string text = PrintableText.Line(ConsoleText.Plain(LosslessUtf8.GetString(bytes)).TrimEnd());
        if (text.Length > 0)
        {
            line(text);
        }
    }
}

using Guestfs.Interop;

namespace Guestfs;

/// <summary>Keeps the last bytes of a console, however much it says.</summary>
internal sealed class ConsoleTail
{
    private const int Lines = 100;
    private readonly byte[] ring = new byte[32 << 10];
    private long written;

    /// <summary>Adds a piece; pieces need not be lines.</summary>
    internal void Add(ReadOnlySpan<byte> piece)
    {
        foreach (byte b in piece)
        {
            ring[(int)(written++ % ring.Length)] = b;
        }
    }

    /// <summary>The last lines that are not empty, without the sequences that colour and move on a terminal.</summary>
    internal IReadOnlyList<string> LastLines()
    {
        int count = (int)Math.Min(written, ring.Length);
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++)
        {
            bytes[i] = ring[(int)((written - count + i) % ring.Length)];
        }

        string text = ConsoleText.Plain(LosslessUtf8.GetString(bytes));
        return [.. text.Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
            .Select(line => PrintableText.Line(line.TrimEnd()))
            .Where(line => line.Length > 0)
            .TakeLast(Lines)];
    }
}

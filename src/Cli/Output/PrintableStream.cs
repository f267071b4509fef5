using Guestfs.Appliances.Archives;
using Guestfs.Interop;

namespace Guestfs.Cli.Output;

/// <summary>Contents of a guest's files for a terminal, which nothing in them drives. Lines come when they are whole.</summary>
internal sealed class PrintableStream(Stream terminal) : WriteOnlyStream
{
    // Fewer than what printable text is cut at.
    private const int MaxPiece = PrintableText.MaxLength / 2;

    private readonly byte[] line = new byte[MaxPiece];
    private int count;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        foreach (byte value in buffer)
        {
            line[count++] = value;
            if (value == '\n' || count == MaxPiece)
            {
                Flush();
            }
        }
    }

    public override void Flush()
    {
        // Not between the bytes of a character.
        int whole = count;
        for (int back = 1; count == MaxPiece && back < 4; back++)
        {
            byte lead = line[count - back];
            if (lead < 0x80)
            {
                break;
            }

            if (lead >= 0xc0)
            {
                whole = count - back;
                break;
            }
        }

        // Lines of Windows end as others do.
        string text = LosslessUtf8.GetString(line.AsSpan(0, whole)).Replace("\r\n", "\n", StringComparison.Ordinal);
        terminal.Write(LosslessUtf8.GetBytes(PrintableText.Of(text)));
        line.AsSpan(whole, count - whole).CopyTo(line);
        count -= whole;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && count > 0)
        {
            Flush();
        }

        base.Dispose(disposing);
    }
}

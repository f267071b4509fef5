// Standard output for what a guest is full of: names of any bytes, megabytes of lines. On a terminal nothing of it drives the terminal;
// in a pipe each name has a line of its own whatever is in it, or comes as it is with a zero byte after it.
using System.Text;

using Guestfs.Interop;

namespace Guestfs.Cli.Output;

/// <summary>A buffered standard output.</summary>
/// <param name="zeroEnded">Whether lines end in a zero byte, and have their bytes as they are.</param>
internal sealed class TextOutput(bool zeroEnded = false) : IDisposable
{
    private readonly BufferedStream stream = new(StandardStreams.OpenOutput(), 1 << 16);

    /// <summary>Whether a person reads it.</summary>
    internal static bool IsTerminal => Terminal.IsThere;

    /// <summary>The bytes.</summary>
    internal Stream Stream => stream;

    /// <summary>Standard output for contents of files: as they are in a pipe, and printable on a terminal.</summary>
    internal static Stream OpenContents() =>
        IsTerminal ? new PrintableStream(StandardStreams.OpenOutput()) : StandardStreams.OpenOutput();

    /// <summary>Writes a line of fields with tabs between them; each field can be any text.</summary>
    internal void WriteFields(params ReadOnlySpan<string> fields)
    {
        for (int i = 0; i < fields.Length; i++)
        {
            if (i > 0)
            {
                stream.WriteByte((byte)'\t');
            }

            stream.Write(LosslessUtf8.GetBytes(
                zeroEnded ? fields[i] : IsTerminal ? PrintableText.Line(fields[i]) : EscapedText.Of(fields[i])));
        }

        EndLine();
    }

    /// <summary>Writes a line for people.</summary>
    internal void WriteLine(string text) => WriteFields(text);

    /// <summary>Writes a line of text of the guest, which comes as it is in a pipe.</summary>
    internal void WriteText(string text)
    {
        stream.Write(LosslessUtf8.GetBytes(IsTerminal && !zeroEnded ? PrintableText.Line(text) : text));
        EndLine();
    }

    public void Dispose() => stream.Dispose();

    private void EndLine()
    {
        stream.WriteByte(zeroEnded ? (byte)0 : (byte)'\n');
        if (IsTerminal)
        {
            stream.Flush();
        }
    }

    /// <summary>Writes lines that were drawn for a terminal.</summary>
    internal void WriteDrawing(string lines)
    {
        stream.Write(Encoding.UTF8.GetBytes(lines + "\n"));
        stream.Flush();
    }

    /// <summary>Writes a line of coloured pieces to a terminal.</summary>
    internal void WritePieces(params ReadOnlySpan<(string Text, Tint Tint)> pieces)
    {
        foreach ((string text, Tint tint) in pieces)
        {
            stream.Write(Encoding.UTF8.GetBytes(Terminal.Paint(PrintableText.Line(text), tint)));
        }

        stream.WriteByte((byte)'\n');
        stream.Flush();
    }
}

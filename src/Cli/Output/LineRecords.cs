using Guestfs.Appliances.Archives;
using Guestfs.Interop;

namespace Guestfs.Cli.Output;

/// <summary>Lines of a text as objects of JSON.</summary>
/// <param name="json">The objects.</param>
internal sealed class LineRecords(JsonRecords json) : WriteOnlyStream
{
    private readonly MemoryStream line = new();

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        for (int end; (end = buffer.IndexOf((byte)'\n')) >= 0; buffer = buffer[(end + 1)..])
        {
            line.Write(buffer[..end]);
            EndLine();
        }

        line.Write(buffer);
    }

    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && line.Length > 0)
        {
            EndLine();
        }

        base.Dispose(disposing);
    }

    private void EndLine()
    {
        string text = LosslessUtf8.GetString(line.GetBuffer().AsSpan(0, (int)line.Length));
        line.SetLength(0);
        json.Add(writer => writer.WriteName("text", text));
    }
}

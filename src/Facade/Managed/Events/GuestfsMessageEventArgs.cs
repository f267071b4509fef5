namespace Guestfs;

/// <summary>The text of an event. Bytes are as libguestfs sent them: console output is not always UTF-8.</summary>
public sealed class GuestfsMessageEventArgs : EventArgs
{
    private readonly byte[] bytes;
    private string? text;

    internal GuestfsMessageEventArgs(ReadOnlySpan<byte> bytes) => this.bytes = bytes.ToArray();

    /// <summary>The bytes of the message.</summary>
    public ReadOnlyMemory<byte> Bytes => bytes;

    /// <summary>The message as a string; see <see cref="LosslessUtf8"/>.</summary>
    public string Text => text ??= LosslessUtf8.GetString(bytes);

    /// <inheritdoc/>
    public override string ToString() => Text;
}

namespace Guestfs.Appliances.Archives;

/// <summary>Digests what goes through it to another stream, which it does not dispose.</summary>
internal sealed class DigestStream(Stream next) : WriteOnlyStream
{
    private readonly Sha256Hash hash = new();

    /// <summary>The digest of what was written so far.</summary>
    internal byte[] Current() => hash.Current();

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        hash.Add(buffer);
        next.Write(buffer);
    }

    /// <inheritdoc/>
    public override void Flush() => next.Flush();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            hash.Dispose();
        }

        base.Dispose(disposing);
    }
}

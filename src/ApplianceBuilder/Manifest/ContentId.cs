// One digest over all that decides what an appliance becomes: the cache's key, and the root's UUID.
using System.Buffers.Binary;
using System.Text;

namespace Guestfs.Appliances.Manifest;

/// <summary>Collects facts into a digest. Each is written with its length, so that no two lists of facts run together.</summary>
internal sealed class ContentId : IDisposable
{
    private readonly Sha256Hash hash = new();

    /// <summary>Adds one fact.</summary>
    internal ContentId Add(string fact)
    {
        byte[] bytes = Encoding.Unicode.GetBytes(fact);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        hash.Add(length);
        hash.Add(bytes);
        return this;
    }

    /// <summary>The digest, in lower-case hexadecimal.</summary>
    internal string ToHex() => Convert.ToHexStringLower(hash.Current());

    /// <summary>The digest as a UUID of version 8.</summary>
    internal Guid ToUuid() => ToUuid(hash.Current());

    /// <summary>A digest as a UUID of version 8, which RFC 9562 leaves to the application.</summary>
    internal static Guid ToUuid(ReadOnlySpan<byte> digest)
    {
        Span<byte> bytes = stackalloc byte[16];
        digest[..16].CopyTo(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    /// <inheritdoc/>
    public void Dispose() => hash.Dispose();
}

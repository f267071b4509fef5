using System.Security.Cryptography;

namespace Guestfs.Interop;

/// <summary>SHA-256 of much: OpenSSL's, which has the processor's instructions for it, and where there is none, ours.</summary>
internal sealed class Sha256Hash(bool withOpenSsl) : IDisposable
{
    private readonly IncrementalHash? fast = withOpenSsl ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
    private readonly Sha256 own = new();

    internal Sha256Hash()
        : this(OpenSsl.IsThere)
    {
    }

    /// <summary>The digest of some bytes.</summary>
    internal static byte[] Of(ReadOnlySpan<byte> bytes) => OpenSsl.IsThere ? SHA256.HashData(bytes) : Sha256.Of(bytes);

    /// <summary>The digest of some bytes, in lower-case hexadecimal digits.</summary>
    internal static string HexOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(Of(bytes));

    /// <summary>Adds bytes.</summary>
    internal void Add(ReadOnlySpan<byte> bytes)
    {
        if (fast is null)
        {
            own.Add(bytes);
        }
        else
        {
            fast.AppendData(bytes);
        }
    }

    /// <summary>The digest of what was added so far.</summary>
    internal byte[] Current() => fast?.GetCurrentHash() ?? own.Current();

    /// <inheritdoc/>
    public void Dispose() => fast?.Dispose();
}

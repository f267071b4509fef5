using System.Security.Cryptography;

namespace Guestfs.Interop;

/// <summary>SHA-256: of much it is OpenSSL's, which has the processor's instructions for it. Of little, for which loading OpenSSL would
/// take longer, and where there is no OpenSSL, it is ours.</summary>
/// <param name="withOpenSsl">Whether much is given to OpenSSL; null: where it is there.</param>
internal sealed class Sha256Hash(bool? withOpenSsl = null) : IDisposable
{
    /// <summary>How many bytes are little.</summary>
    internal const int Little = 1 << 16;

    // What was added, as long as it is little; then one of the others.
    private MemoryStream? little = new();
    private IncrementalHash? fast;
    private Sha256? own;

    /// <summary>The digest of some bytes.</summary>
    internal static byte[] Of(ReadOnlySpan<byte> bytes) =>
        bytes.Length > Little && OpenSsl.IsThere ? SHA256.HashData(bytes) : Sha256.Of(bytes);

    /// <summary>The digest of some bytes, in lower-case hexadecimal digits.</summary>
    internal static string HexOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(Of(bytes));

    /// <summary>Adds bytes.</summary>
    internal void Add(ReadOnlySpan<byte> bytes)
    {
        if (little is not null && little.Length + bytes.Length <= Little)
        {
            little.Write(bytes);
            return;
        }

        if (little is not null)
        {
            if (withOpenSsl ?? OpenSsl.IsThere)
            {
                fast = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            }
            else
            {
                own = new Sha256();
            }

            AddToMuch(Added(little));
            little = null;
        }

        AddToMuch(bytes);
    }

    /// <summary>The digest of what was added so far.</summary>
    internal byte[] Current() => fast?.GetCurrentHash() ?? own?.Current() ?? Sha256.Of(Added(little!));

    /// <inheritdoc/>
    public void Dispose() => fast?.Dispose();

    private static ReadOnlySpan<byte> Added(MemoryStream little) => little.GetBuffer().AsSpan(0, (int)little.Length);

    private void AddToMuch(ReadOnlySpan<byte> bytes)
    {
        if (fast is not null)
        {
            fast.AppendData(bytes);
        }
        else
        {
            own!.Add(bytes);
        }
    }
}

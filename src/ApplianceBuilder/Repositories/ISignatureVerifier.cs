namespace Guestfs.Appliances.Repositories;

/// <summary>Checks OpenPGP signatures. Passed in, because the usual way is to start gpgv, and the core starts no processes.</summary>
internal interface ISignatureVerifier
{
    /// <summary>Checks a clear-signed text.</summary>
    /// <param name="clearSigned">The text with its signatures, as it was fetched.</param>
    /// <param name="keyrings">The public keys that are trusted, as OpenPGP packets.</param>
    /// <param name="source">What messages call the text.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ApplianceException">No trusted key signed the text, or a signature of one is bad or expired.</exception>
    Task<SignedText> VerifyAsync(
        ReadOnlyMemory<byte> clearSigned, IReadOnlyList<ReadOnlyMemory<byte>> keyrings, string source, CancellationToken cancellationToken);
}

/// <summary>A text whose signatures were checked.</summary>
/// <param name="Text">The signed text and nothing else.</param>
/// <param name="Fingerprints">The keys that made the good signatures: of each the signing key, and the main key it belongs to.</param>
internal sealed record SignedText(ReadOnlyMemory<byte> Text, IReadOnlyList<string> Fingerprints);

/// <summary>Who may sign a repository.</summary>
/// <param name="Keyrings">Public keys as OpenPGP packets, not armoured.</param>
/// <param name="Fingerprints">The only keys of these that count, in upper case; empty for all.</param>
internal sealed record SignedBy(IReadOnlyList<ReadOnlyMemory<byte>> Keyrings, IReadOnlyList<string> Fingerprints);

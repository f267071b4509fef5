namespace Guestfs.Appliances.Repositories;

/// <summary>A text whose signatures were checked.</summary>
/// <param name="Text">The signed text and nothing else.</param>
/// <param name="Fingerprints">The keys that made the good signatures: of each the signing key, and the main key it belongs to.</param>
internal sealed record SignedText(ReadOnlyMemory<byte> Text, IReadOnlyList<string> Fingerprints);

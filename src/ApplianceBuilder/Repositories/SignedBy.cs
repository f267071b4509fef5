namespace Guestfs.Appliances.Repositories;

/// <summary>Who may sign a repository.</summary>
/// <param name="Keyrings">Public keys as OpenPGP packets, not armoured.</param>
/// <param name="Fingerprints">The only keys of these that count, in upper case; empty for all.</param>
internal sealed record SignedBy(IReadOnlyList<ReadOnlyMemory<byte>> Keyrings, IReadOnlyList<string> Fingerprints);

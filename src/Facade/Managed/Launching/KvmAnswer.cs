namespace Guestfs;

/// <summary>Whether KVM works, and how that is known.</summary>
/// <param name="Works">Whether a guest was seen to run under it.</param>
/// <param name="Reason">In words, without a full stop.</param>
/// <param name="Proof">How long the answer holds.</param>
internal sealed record KvmAnswer(bool Works, string Reason, KvmProof Proof);

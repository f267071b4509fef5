// What a trial of KVM showed.
namespace Guestfs;

/// <summary>Whether KVM works, and how that is known.</summary>
/// <param name="Works">Whether qemu started a machine with it.</param>
/// <param name="Reason">In words, without a full stop.</param>
internal sealed record KvmAnswer(bool Works, string Reason);

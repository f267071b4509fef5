namespace Guestfs;

/// <summary>What became of a line of <c>/etc/fstab</c> or of a mount unit.</summary>
/// <param name="Entry">The line or unit.</param>
/// <param name="Outcome">What was done.</param>
/// <param name="Text">Why, in a sentence.</param>
public sealed record GuestMountResult(GuestMountEntry Entry, GuestMountOutcome Outcome, string Text);

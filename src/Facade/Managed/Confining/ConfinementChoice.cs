namespace Guestfs;

/// <summary>What the qemu of a launch is kept from.</summary>
/// <param name="Confinement">What holds.</param>
/// <param name="Reason">Why, in words; of what does not hold too.</param>
public sealed record ConfinementChoice(Confinement Confinement, string Reason);

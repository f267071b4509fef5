// One of several ways to do the same with a running appliance.
namespace Guestfs.Bench;

/// <summary>A way.</summary>
/// <param name="Group">What is done; the first way of a group is what the others are compared with.</param>
/// <param name="Name">How.</param>
/// <param name="Run">Does it once.</param>
internal sealed record TransferCase(string Group, string Name, Action Run);

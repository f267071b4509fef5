namespace Guestfs.Appliances.Plan;

/// <summary>An extended attribute of a file.</summary>
/// <param name="Name">Full name, for example <c>security.capability</c>.</param>
/// <param name="Value">Its bytes.</param>
internal sealed record ExtendedAttribute(string Name, ReadOnlyMemory<byte> Value);

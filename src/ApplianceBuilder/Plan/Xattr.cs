namespace Guestfs.Appliances;

/// <summary>An extended attribute of a file.</summary>
/// <param name="Name">Full name, for example <c>security.capability</c>.</param>
/// <param name="Value">Its bytes.</param>
public sealed record Xattr(string Name, ReadOnlyMemory<byte> Value);

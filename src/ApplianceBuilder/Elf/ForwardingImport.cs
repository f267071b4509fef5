namespace Guestfs.Appliances.Elf;

/// <summary>A function that a forwarding library calls.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Library">The name of the library that has it.</param>
/// <param name="Version">Its version; null where that library has none.</param>
internal readonly record struct ForwardingImport(string Name, string Library, string? Version);

namespace Guestfs.Appliances.Packages;

/// <summary>Something that was asked for and is not installed.</summary>
/// <param name="Name">The package or dependency.</param>
/// <param name="AskedBy">The list or the package that asks for it.</param>
internal readonly record struct MissingPackage(string Name, string AskedBy);

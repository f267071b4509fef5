namespace Guestfs.Appliances.Skeletons;

/// <summary>One line of a skeleton's list, and the file it stands in.</summary>
/// <param name="Value">A package name, or a pattern.</param>
/// <param name="Origin">The list's file name, for messages.</param>
internal readonly record struct SkeletonLine(string Value, string Origin);

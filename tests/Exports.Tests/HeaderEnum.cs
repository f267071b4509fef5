namespace Guestfs.Exports.Tests;

/// <summary>An enumeration of the header.</summary>
/// <param name="Name">Its tag.</param>
/// <param name="Values">Names and values.</param>
internal sealed record HeaderEnum(string Name, IReadOnlyList<(string Name, string Value)> Values);

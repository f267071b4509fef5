namespace Guestfs.Exports.Tests;

/// <summary>A function or callback of the header.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type, as C writes it without the name.</param>
internal sealed record HeaderFunction(string Name, string Type);

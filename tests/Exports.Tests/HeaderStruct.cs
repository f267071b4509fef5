namespace Guestfs.Exports.Tests;

/// <summary>A structure of the header.</summary>
/// <param name="Name">Its tag.</param>
/// <param name="Members">Types and names.</param>
internal sealed record HeaderStruct(string Name, IReadOnlyList<(string Type, string Name)> Members)
{
    /// <summary>It may grow: its first member is its size.</summary>
    internal bool IsOptions => Members[0].Name == "struct_size";
}

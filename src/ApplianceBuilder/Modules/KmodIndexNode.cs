namespace Guestfs.Appliances.Modules;

/// <summary>A node of an index that is being encoded: the lines whose keys begin with the same characters.</summary>
/// <param name="Start">The first of its lines.</param>
/// <param name="End">The line after the last.</param>
/// <param name="PrefixStart">How many characters of their keys its parents say.</param>
/// <param name="Parent">The node above; null for the root.</param>
internal sealed record KmodIndexNode(int Start, int End, int PrefixStart, KmodIndexNode? Parent)
{
    /// <summary>How many characters all of the keys have in common.</summary>
    public required int PrefixEnd { get; init; }

    /// <summary>The line after those whose keys end here.</summary>
    public required int ValuesEnd { get; init; }

    /// <summary>Where the nodes below are, by the next character of the keys, from the first in use to the last.</summary>
    public required uint[] Children { get; init; }
}

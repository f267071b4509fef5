namespace Guestfs.Exports.Tests;

/// <summary>A function or callback of the header.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type, as C writes it without the name.</param>
internal sealed record HeaderFunction(string Name, string Type)
{
    /// <summary>The type of what it returns.</summary>
    internal string Returns => Type[..Type.IndexOf('(', StringComparison.Ordinal)].TrimEnd();

    /// <summary>How many parameters it has.</summary>
    internal int ParameterCount => Type.EndsWith("(void)", StringComparison.Ordinal) ? 0 : Type.Count(c => c == ',') + 1;
}

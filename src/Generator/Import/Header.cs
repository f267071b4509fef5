namespace Guestfs.Generator.Import;

/// <summary>The declarations of guestfs.h that are generated from upstream's API description.</summary>
internal sealed record Header(
    IReadOnlyList<HeaderFunction> Functions,
    IReadOnlyDictionary<string, IReadOnlyList<HeaderVariable>> Structs,
    IReadOnlyList<(string Name, int Value)> Events);

/// <summary>A function under its name in the API: that without <c>_opts</c>.</summary>
internal sealed record HeaderFunction(string Name, string Returns, IReadOnlyList<HeaderVariable> Arguments)
{
    /// <summary>The members of its options structure in bit order.</summary>
    public IReadOnlyList<HeaderVariable> Options { get; init; } = [];

    /// <summary>There is a form without options under this name, and one with them under NAME_opts.</summary>
    public bool OnceHadNoOptions { get; init; }

    /// <summary>Only visible with GUESTFS_PRIVATE defined.</summary>
    public bool Private { get; init; }

    public bool Deprecated { get; init; }

    public string? ReplacedBy { get; init; }
}

/// <summary>A parameter or a member: its C type and name.</summary>
internal sealed record HeaderVariable(string Type, string Name);

namespace Guestfs.Generator.Import;

/// <summary>The facts in the manual, in its order.</summary>
internal sealed record Manual(
    string Version,
    IReadOnlyDictionary<string, ManualFunction> Functions,
    IReadOnlyList<string> Structs,
    IReadOnlyList<string> Features);

/// <summary>What the manual's standard phrases say about one function.</summary>
internal sealed record ManualFunction
{
    public required string Since { get; init; }

    public string? Feature { get; init; }

    public bool Progress { get; init; }

    public bool Key { get; init; }

    public bool ProtocolLimit { get; init; }

    public bool Deprecated { get; init; }
}

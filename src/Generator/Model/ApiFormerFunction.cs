namespace Guestfs.Generator.Model;

/// <summary>The facts of a function that a version changed, as they were before it; they replace those of the function.</summary>
internal sealed record ApiFormerFunction
{
    /// <summary>The first version with today's facts.</summary>
    public required string Version { get; init; }

    public string? Feature { get; init; }

    public bool Progress { get; init; }

    public bool Cancellable { get; init; }

    public bool ProtocolLimit { get; init; }
}

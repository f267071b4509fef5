namespace Guestfs.Cli.Inspection;

/// <summary>Something that is known of a system.</summary>
/// <param name="Name">What.</param>
/// <param name="IsList">Whether a system has several of them.</param>
/// <param name="Values">The value, or its parts.</param>
internal sealed record Fact(string Name, bool IsList, params string[] Values);

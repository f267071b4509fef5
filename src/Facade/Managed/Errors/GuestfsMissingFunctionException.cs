namespace Guestfs;

/// <summary>The installed libguestfs is older than the function.</summary>
public sealed class GuestfsMissingFunctionException(string operation, string since, string? library, Exception inner)
    : GuestfsException(
        operation, 0, $"guestfs_{operation} came with libguestfs {since}, but {library} is older and does not have it. Install a newer "
            + $"libguestfs{ApiName.Of(", or ask GuestfsLibrary.HasSymbol first", "")}.", inner)
{
    /// <summary>The first version with the function.</summary>
    public string Since { get; } = since;
}

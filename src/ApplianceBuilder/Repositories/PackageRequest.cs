namespace Guestfs.Appliances.Repositories;

/// <summary>Which packages are asked for.</summary>
internal sealed record PackageRequest
{
    /// <summary>Packages that must be there.</summary>
    internal IReadOnlyList<string> Required { get; init; } = [];

    /// <summary>Packages that are taken where they exist, as in supermin's package lists.</summary>
    internal IReadOnlyList<string> Wanted { get; init; } = [];

    /// <summary>Whether all packages that are marked as essential are taken: others need them without saying so.</summary>
    internal bool IncludeEssential { get; init; } = true;
}

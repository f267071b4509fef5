namespace Guestfs.Appliances.Repositories;

/// <summary>A complete choice of packages.</summary>
/// <param name="Packages">All packages, sorted by name.</param>
/// <param name="NotFound">Wanted names that nothing has or provides, sorted.</param>
internal sealed record PackageSelection(IReadOnlyList<PackageRecord> Packages, IReadOnlyList<string> NotFound);

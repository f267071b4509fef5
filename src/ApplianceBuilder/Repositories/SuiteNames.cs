// One release in place of another: sources for bookworm, bookworm-updates and bookworm-security become trixie's.
namespace Guestfs.Appliances.Repositories;

/// <summary>Chooses among a system's package sources, and asks them for another release.</summary>
internal static class SuiteNames
{
    // Releases that get no updates beside them.
    private static readonly string[] Rolling = ["sid", "unstable", "experimental"];

    /// <summary>The sources for a suite.</summary>
    /// <param name="sources">The system's sources.</param>
    /// <param name="suite">The suite; null for the sources as they are.</param>
    internal static IEnumerable<DebianRepository> Select(IReadOnlyList<DebianRepository> sources, string? suite)
    {
        // Other people's repositories are made for the release that is installed, or have no releases.
        DebianRepository[] releases = [.. sources.Where(source => !source.IsFlat)];
        if (suite is null || releases.Length == 0)
        {
            return sources;
        }

        string own =
            releases.Select(source => source.Suite).OrderBy(name => name.Length).ThenBy(name => name, StringComparer.Ordinal).First();
        return releases
            .Where(source => source.Suite == own
                || (source.Suite.StartsWith(own + "-", StringComparison.Ordinal) && !Array.Exists(Rolling, rolling => rolling == suite)))
            .Select(source => source with { Suite = suite + source.Suite[own.Length..] })
            .Distinct();
    }
}

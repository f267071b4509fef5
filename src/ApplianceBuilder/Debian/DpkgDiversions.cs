using Guestfs.Appliances.Packages;

namespace Guestfs.Appliances.Debian;

/// <summary>dpkg's record of files that lie elsewhere than their packages say, dpkg-divert(1): three lines for each.</summary>
internal sealed class DpkgDiversions
{
    private readonly Dictionary<string, (string To, string Package)> byPath = new(StringComparer.Ordinal);

    /// <summary>Reads the file; without one there are no diversions.</summary>
    /// <exception cref="ApplianceException">It cannot be read or is damaged.</exception>
    internal DpkgDiversions(string path)
    {
        List<string> lines = DatabaseFile.ReadLines(path);
        if (lines.Count % 3 != 0)
        {
            throw DatabaseFile.Damaged(path, "its last entry is incomplete");
        }

        for (int i = 0; i < lines.Count; i += 3)
        {
            byPath[lines[i]] = (lines[i + 1], lines[i + 2]);
        }
    }

    /// <summary>Where a package's file lies. The package that has a path diverted has its own file there.</summary>
    internal string Locate(string path, string package) =>
        byPath.TryGetValue(path, out (string To, string Package) diversion) && diversion.Package != package ? diversion.To : path;
}

using Guestfs.Appliances.Host;
using Guestfs.Appliances.Packages;
using Guestfs.Appliances.Plan;

namespace Guestfs.Appliances.Debian;

/// <summary>update-alternatives' database: one file for each group, which says which links it keeps.</summary>
internal static class DpkgAlternatives
{
    private const string Middles = "/etc/alternatives/";

    /// <summary>Reads all links that are set on the system, sorted by path.</summary>
    /// <exception cref="ApplianceException">The database cannot be read or is damaged.</exception>
    internal static IReadOnlyList<AlternativeLink> Read(string root, CancellationToken cancellationToken)
    {
        string directory = HostRoot.Join(root, "/var/lib/dpkg/alternatives");
        if (!Directory.Exists(directory))
        {
            return [];
        }

        List<AlternativeLink> links = [];
        foreach (string path in Directory.EnumerateFiles(directory))
        {
            cancellationToken.ThrowIfCancellationRequested();

            // The first line says how the choice is made, the second names the group's main link; then come the names
            // and paths of the links that follow it, up to an empty line, and then the choices, which do not matter
            // here: what is chosen is what the system's links say.
            List<string> lines = DatabaseFile.ReadLines(path);
            int end = lines.IndexOf("");
            if (end < 2 || end % 2 != 0)
            {
                throw DatabaseFile.Damaged(path, "its list of links is incomplete");
            }

            AddIfSet(root, path, lines[1], Path.GetFileName(path), links);
            for (int i = 2; i < end; i += 2)
            {
                AddIfSet(root, path, lines[i + 1], lines[i], links);
            }
        }

        links.Sort((a, b) => string.CompareOrdinal(a.Link, b.Link));
        return links;
    }

    private static void AddIfSet(string root, string path, string link, string name, List<AlternativeLink> links)
    {
        if (!link.StartsWith('/') || name.Contains('/', StringComparison.Ordinal))
        {
            throw DatabaseFile.Damaged(path, $"'{name}' at '{link}' is not a link of that alternative");
        }

        string middle = Middles + name;
        string hostPath = HostRoot.Join(root, middle);
        if (Posix.LinkStatus(hostPath) is { } status && status.Kind == EntryKind.SymbolicLink)
        {
            links.Add(new AlternativeLink(link, middle, Posix.ReadLink(hostPath)));
        }
    }
}

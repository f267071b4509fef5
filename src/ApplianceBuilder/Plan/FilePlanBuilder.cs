// Collects entries from several sources and makes a plan of them: parents added, symbolic links in the way resolved; later sources win.
namespace Guestfs.Appliances.Plan;

/// <summary>Builds a <see cref="FilePlan"/>. Not safe for concurrent use.</summary>
internal sealed class FilePlanBuilder
{
    private const int MaxLinks = 40;
    private readonly Dictionary<string, PlanEntry> entries = new(StringComparer.Ordinal);

    /// <summary>Makes one that is empty.</summary>
    public FilePlanBuilder()
    {
    }

    /// <summary>Makes one that begins with what a plan has.</summary>
    public FilePlanBuilder(FilePlan plan)
    {
        foreach (PlanEntry entry in plan.Entries)
        {
            Add(entry);
        }
    }

    /// <summary>
    /// Adds an entry. One that is already there is replaced, except that a symbolic link stays where a directory is added:
    /// packages bring <c>/bin</c> as a directory where the system has made it a link.
    /// </summary>
    /// <param name="entry">The entry, whose path may lead through symbolic links of the plan.</param>
    public void Add(PlanEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        CheckPath(entry.Path);
        if (entry.Path == "/" && entry.Kind != EntryKind.Directory)
        {
            throw new ApplianceException(ApplianceProblem.InvalidInput,
                "The root of the appliance must be a directory, but a package or archive has something else in its place.");
        }

        entries[entry.Path] = entry.Kind == EntryKind.Directory
            && entries.TryGetValue(entry.Path, out PlanEntry? old)
            && old.Kind == EntryKind.SymbolicLink
            ? old
            : entry;
    }

    /// <summary>Whether that path has been added, as it is written.</summary>
    public bool Contains(string path) => entries.ContainsKey(path);

    /// <summary>Makes the plan.</summary>
    /// <param name="parentTime">The time of directories that nobody added, in seconds since 1970.</param>
    /// <exception cref="ApplianceException">A path leads through a file,
    /// or through too many symbolic links, or out of the root.</exception>
    public FilePlan Build(long parentTime = 0)
    {
        SortedDictionary<string, PlanEntry> result = new(StringComparer.Ordinal);
        Dictionary<string, string> resolvedDirectories = new(StringComparer.Ordinal) { ["/"] = "/" };
        PlanEntry root = entries.GetValueOrDefault("/") ?? NewDirectory("/", parentTime);
        result.Add("/", root);

        // If two entries come to the same path, the later one wins, but a directory never replaces another entry.
        foreach (PlanEntry entry in entries.Values)
        {
            if (entry.Path == "/")
            {
                continue;
            }

            string directory = ResolveDirectory(ParentOf(entry.Path), resolvedDirectories, MaxLinks);
            string path = Join(directory, NameOf(entry.Path));
            if (path != entry.Path && entry.Kind == EntryKind.Directory && (result.ContainsKey(path) || entries.ContainsKey(path)))
            {
                continue;
            }

            // Two ways to one name are no two names.
            if (entry.Kind == EntryKind.HardLink && ResolveTarget(entry, resolvedDirectories) == path)
            {
                continue;
            }

            result[path] = entry with { Path = path };
        }

        AddParents(result, parentTime);
        ResolveHardLinks(result, resolvedDirectories);
        return new FilePlan([.. result.Values]);
    }

    internal static string ParentOf(string path)
    {
        int slash = path.LastIndexOf('/');
        return slash <= 0 ? "/" : path[..slash];
    }

    internal static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    internal static string Join(string directory, string name) => directory == "/" ? "/" + name : directory + "/" + name;

    private static PlanEntry NewDirectory(string path, long time) =>
        new() { Path = path, Kind = EntryKind.Directory, Mode = Permissions.Octal0755, ModificationTime = time };

    private static void CheckPath(string path)
    {
        if (path == "/")
        {
            return;
        }

        if (!path.StartsWith('/') || path.EndsWith('/') || path.Split('/').Skip(1).Any(part => part is "" or "." or "..")
            || path.Contains('\0', StringComparison.Ordinal))
        {
            throw new ApplianceException(ApplianceProblem.InvalidInput,
                $"'{path}' is not a valid path in an appliance: it must be absolute and free of empty, '.' and '..' parts.");
        }
    }

    // The directory that a path means once the plan's own symbolic links are followed.
    private string ResolveDirectory(string path, Dictionary<string, string> resolved, int linksLeft)
    {
        if (resolved.TryGetValue(path, out string? known))
        {
            return known;
        }

        if (linksLeft == 0)
        {
            throw new ApplianceException(ApplianceProblem.InvalidInput, $"{path} leads through too many symbolic links.");
        }

        string here = Join(ResolveDirectory(ParentOf(path), resolved, linksLeft), NameOf(path));
        PlanEntry? entry = entries.GetValueOrDefault(here) ?? entries.GetValueOrDefault(path);
        string result = entry switch
        {
            null or { Kind: EntryKind.Directory } => here,
            { Kind: EntryKind.SymbolicLink } => ResolveDirectory(Follow(here, entry.LinkTarget!), resolved, linksLeft - 1),
            _ => throw new ApplianceException(
                ApplianceProblem.InvalidInput, $"{path} is a file for one package and a directory for another."),
        };
        resolved[path] = result;
        return result;
    }

    // An absolute path without '.' and '..', which cannot leave the root.
    internal static string Follow(string link, string target)
    {
        List<string> parts = target.StartsWith('/') ? [] : [.. ParentOf(link).Split('/', StringSplitOptions.RemoveEmptyEntries)];
        foreach (string part in target.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == "..")
            {
                if (parts.Count > 0)
                {
                    parts.RemoveAt(parts.Count - 1);
                }
            }
            else if (part != ".")
            {
                parts.Add(part);
            }
        }

        return "/" + string.Join('/', parts);
    }

    private static void AddParents(SortedDictionary<string, PlanEntry> result, long time)
    {
        foreach (string path in result.Keys.ToArray())
        {
            for (string parent = ParentOf(path); parent != "/"; parent = ParentOf(parent))
            {
                if (result.TryGetValue(parent, out PlanEntry? entry))
                {
                    if (entry.Kind != EntryKind.Directory)
                    {
                        throw new ApplianceException(
                            ApplianceProblem.InvalidInput, $"{parent} is a file for one package and a directory for another.");
                    }

                    break;
                }

                result.Add(parent, NewDirectory(parent, time));
            }
        }
    }

    private string ResolveTarget(PlanEntry hardLink, Dictionary<string, string> resolvedDirectories) =>
        Join(ResolveDirectory(ParentOf(hardLink.LinkTarget!), resolvedDirectories, MaxLinks), NameOf(hardLink.LinkTarget!));

    private void ResolveHardLinks(SortedDictionary<string, PlanEntry> result, Dictionary<string, string> resolvedDirectories)
    {
        foreach (PlanEntry link in result.Values.Where(entry => entry.Kind == EntryKind.HardLink).ToArray())
        {
            string target = ResolveTarget(link, resolvedDirectories);
            if (!result.TryGetValue(target, out PlanEntry? entry) || entry.Kind is EntryKind.Directory or EntryKind.HardLink)
            {
                throw new ApplianceException(ApplianceProblem.InvalidInput,
                    $"{link.Path} is a hard link to {link.LinkTarget}, which is not a file of the appliance.");
            }

            result[link.Path] = link with { LinkTarget = target };
        }
    }
}

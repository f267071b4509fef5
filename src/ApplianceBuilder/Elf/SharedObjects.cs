using Guestfs.Appliances.Common;
using Guestfs.Appliances.Plan;

namespace Guestfs.Appliances.Elf;

/// <summary>Programs of a plan and all shared libraries, found by the names by which they need each other.</summary>
internal sealed class SharedObjects
{
    private readonly Dictionary<string, List<ElfObject>> byFileName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ElfObject> byPath = new(StringComparer.Ordinal);

    /// <summary>Looks at programs and at every file that could be a library.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="isProgram">Which files are looked at as programs, by their paths.</param>
    /// <param name="machine">The processor; files for others do not count, nor do damaged ones.</param>
    /// <param name="cancellationToken">Stops between files.</param>
    internal SharedObjects(FilePlan plan, Func<string, bool> isProgram, ushort machine, CancellationToken cancellationToken)
    {
        PlanEntry[] files =
        [
            .. plan.Entries.Where(entry => entry.Kind == EntryKind.File && (IsLibraryName(entry.Path) || isProgram(entry.Path))),
        ];
        foreach (ElfObject found in OrderedParallel.Select(files, file => Read(file, machine), cancellationToken).OfType<ElfObject>())
        {
            byPath.Add(found.Path, found);
        }

        foreach (PlanEntry entry in plan.Entries
            .Where(entry => entry.Kind is EntryKind.File or EntryKind.SymbolicLink or EntryKind.HardLink)
            .Where(entry => IsLibraryName(entry.Path)))
        {
            if (Target(plan, entry) is { } path && byPath.TryGetValue(path, out ElfObject? found))
            {
                string name = FilePlanBuilder.NameOf(entry.Path);
                if (!byFileName.TryGetValue(name, out List<ElfObject>? all))
                {
                    byFileName.Add(name, all = []);
                }

                if (!all.Contains(found))
                {
                    all.Add(found);
                }
            }
        }
    }

    /// <summary>All that could be read.</summary>
    internal IEnumerable<ElfObject> All => byPath.Values;

    /// <summary>The program or library at a path; null where there is none, or it makes no sense.</summary>
    internal ElfObject? At(string path) => byPath.GetValueOrDefault(path);

    /// <summary>
    /// The library that the loader takes for a name: as far as can be told without its search path, one in the directory
    /// of the object that needs it, or else the one that is least deep.
    /// </summary>
    internal ElfObject? Find(string name, ElfObject neededBy)
    {
        IReadOnlyList<ElfObject> all = FindAll(name);
        string directory = FilePlanBuilder.ParentOf(neededBy.Path);
        return all.FirstOrDefault(found => FilePlanBuilder.ParentOf(found.Path) == directory)
            ?? all.OrderBy(found => found.Path.Count(character => character == '/'))
                .ThenBy(found => found.Path, StringComparer.Ordinal)
                .FirstOrDefault();
    }

    /// <summary>All libraries that are found by a name in some directory.</summary>
    internal IReadOnlyList<ElfObject> FindAll(string name) => byFileName.GetValueOrDefault(name) ?? [];

    /// <summary>An object and what it needs, directly or not, in the order in which the loader looks for symbols: breadth first.</summary>
    /// <param name="root">The first.</param>
    /// <param name="withoutNeeds">Objects whose own needs do not count.</param>
    internal IReadOnlyList<ElfObject> Scope(ElfObject root, IReadOnlySet<ElfObject> withoutNeeds)
    {
        List<ElfObject> scope = [root];
        HashSet<ElfObject> seen = [root];
        for (int i = 0; i < scope.Count; i++)
        {
            if (i > 0 && withoutNeeds.Contains(scope[i]))
            {
                continue;
            }

            foreach (string name in scope[i].Needed)
            {
                if (Find(name, scope[i]) is { } needed && seen.Add(needed))
                {
                    scope.Add(needed);
                }
            }
        }

        return scope;
    }

    private static ElfObject? Read(PlanEntry entry, ushort machine)
    {
        try
        {
            return ElfObject.Read(entry, machine);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static string? Target(FilePlan plan, PlanEntry entry) =>
        plan.Resolve(entry.Path) is { } path && plan.Find(path) is { } file
            ? file.Kind == EntryKind.HardLink ? file.LinkTarget : path
            : null;

    private static bool IsLibraryName(string path) => FilePlanBuilder.NameOf(path).Contains(".so", StringComparison.Ordinal);
}

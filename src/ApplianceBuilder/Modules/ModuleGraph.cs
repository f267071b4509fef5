namespace Guestfs.Appliances.Modules;

/// <summary>Which modules a module needs: those that have the symbols it lacks, and those that these need in turn.</summary>
internal static class ModuleGraph
{
    private const int MaxNamesShown = 10;

    /// <summary>For each symbol the index of the module that has it. Of two modules with one symbol, the last one counts.</summary>
    internal static Dictionary<string, int> FindOwners(IReadOnlyList<ModuleInfo> modules)
    {
        Dictionary<string, int> owners = new(StringComparer.Ordinal);
        for (int i = 0; i < modules.Count; i++)
        {
            foreach (string symbol in modules[i].Exports)
            {
                owners[symbol] = i;
            }
        }

        return owners;
    }

    /// <summary>
    /// For each module all that it needs, by their indexes: each before what it needs itself, so that they are loaded
    /// from the last to the first. Modules that do not depend on each other are in depmod's order.
    /// </summary>
    /// <exception cref="ApplianceException">Modules need each other in circles.</exception>
    internal static IReadOnlyList<int[]> FindNeeded(
        IReadOnlyList<ModuleInfo> modules, Dictionary<string, int> owners, CancellationToken cancellationToken)
    {
        int[][] direct = [.. modules.Select(module => Owners(module, owners))];
        int[] ranks = Rank(modules, direct, cancellationToken);
        int[][] needed = new int[modules.Count][];
        for (int i = 0; i < needed.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            needed[i] = Closure(i, direct);
            Array.Sort(needed[i], (a, b) => ranks[a].CompareTo(ranks[b]));
        }

        return needed;
    }

    // What no module has, the kernel has. In order of first use.
    private static int[] Owners(ModuleInfo module, Dictionary<string, int> owners)
    {
        List<int> result = [];
        HashSet<int> seen = [];
        foreach (string symbol in module.Imports)
        {
            if (owners.TryGetValue(symbol, out int owner) && seen.Add(owner))
            {
                result.Add(owner);
            }
        }

        return [.. result];
    }

    // A topological order: users first. What becomes free last is taken first, as depmod does it.
    private static int[] Rank(IReadOnlyList<ModuleInfo> modules, int[][] direct, CancellationToken cancellationToken)
    {
        int[] users = new int[direct.Length];
        foreach (int needed in direct.SelectMany(needed => needed))
        {
            users[needed]++;
        }

        int[] ranks = new int[direct.Length];
        int ranked = 0;
        Stack<int> free = new(Enumerable.Range(0, direct.Length).Where(i => users[i] == 0));
        while (free.TryPop(out int module))
        {
            cancellationToken.ThrowIfCancellationRequested();
            ranks[module] = ranked++;
            foreach (int needed in direct[module])
            {
                if (--users[needed] == 0)
                {
                    free.Push(needed);
                }
            }
        }

        if (ranked < direct.Length)
        {
            IEnumerable<string> names = modules.Where((_, i) => users[i] > 0).Select(module => module.File.Name).Take(MaxNamesShown);
            throw new ApplianceException(
                ApplianceProblem.InvalidInput,
                "Kernel modules need each other in a cycle, so that none can be loaded first. They are among these: "
                + $"{string.Join(", ", names)}. Install the kernel package again.");
        }

        return ranks;
    }

    private static int[] Closure(int module, int[][] direct)
    {
        HashSet<int> found = [];
        Stack<int> pending = new(direct[module]);
        while (pending.TryPop(out int needed))
        {
            if (found.Add(needed))
            {
                foreach (int next in direct[needed])
                {
                    pending.Push(next);
                }
            }
        }

        return [.. found];
    }
}

// Which modules must be loaded before which: out of modules.dep, which is made here where depmod has not run yet.
using Guestfs.Appliances.Kernel;

namespace Guestfs.Appliances.Modules;

/// <summary>The modules of a kernel and what each of them needs.</summary>
internal sealed class ModuleDependencies
{
    private readonly Dictionary<string, IReadOnlyList<string>> dependencies = new(StringComparer.Ordinal);

    private ModuleDependencies()
    {
    }

    /// <summary>The paths of all modules that the list names.</summary>
    internal IReadOnlyCollection<string> Modules => dependencies.Keys;

    /// <summary>What the modules of a directory need.</summary>
    /// <exception cref="ApplianceException">The list is missing or damaged.</exception>
    internal static ModuleDependencies Read(IKernelSource source, string modulesDirectory, CancellationToken cancellationToken)
    {
        string list = modulesDirectory + "/" + ModuleLists.Dependencies;
        if (source.Find(list) is not null)
        {
            return Parse(LosslessUtf8.GetString(ModuleListReader.Read(source, list)), list, modulesDirectory, cancellationToken);
        }

        return source.Find(modulesDirectory + "/" + ModuleLists.Order) is not null
            ? Parse(ModuleIndexes.ListDependencies(source, modulesDirectory, cancellationToken), list, modulesDirectory, cancellationToken)
            : throw new ApplianceException(
                ApplianceProblem.NoKernel,
                $"{list} is missing, so it is not known which modules the kernel needs. "
                + "Run 'depmod' for it, or install the kernel package again.");
    }

    /// <summary>Parses modules.dep.</summary>
    /// <param name="text">What is in it.</param>
    /// <param name="listPath">Its path, for messages.</param>
    /// <param name="modulesDirectory">What its relative names are relative to.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    internal static ModuleDependencies Parse(string text, string listPath, string modulesDirectory, CancellationToken cancellationToken)
    {
        ModuleDependencies result = new();
        foreach (string line in text.Split('\n'))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (line.Length == 0 || line.StartsWith('#'))
            {
                continue;
            }

            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
            {
                throw Damaged(listPath, $"a line does not begin with a module and a colon: '{line}'");
            }

            string[] needed = line[(colon + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            result.dependencies[Absolute(line[..colon], listPath, modulesDirectory)] =
            [
                .. needed.Select(name => Absolute(name, listPath, modulesDirectory)),
            ];
        }

        return result;
    }

    /// <summary>The modules that the initrd must have and those that they need: each after what it needs, otherwise by name.</summary>
    internal IReadOnlyList<string> InLoadOrder(CancellationToken cancellationToken) =>
        InLoadOrder(Modules.Where(WantedModules.Includes), cancellationToken);

    /// <summary>These modules and those that they need: each after what it needs, otherwise by name.</summary>
    internal IReadOnlyList<string> InLoadOrder(IEnumerable<string> modules, CancellationToken cancellationToken)
    {
        List<string> order = [];
        HashSet<string> seen = new(StringComparer.Ordinal);

        // A stack of our own: the depth is the file's to choose. The second visit, after all that is needed, is the one that counts.
        Stack<(string Path, bool IsAfterNeeded)> pending = new();
        PushAll(pending, modules);
        while (pending.TryPop(out (string Path, bool IsAfterNeeded) module))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (module.IsAfterNeeded)
            {
                order.Add(module.Path);
            }
            else if (seen.Add(module.Path))
            {
                pending.Push((module.Path, true));
                PushAll(pending, dependencies.GetValueOrDefault(module.Path, []));
            }
        }

        return order;
    }

    // So that the first by name is popped first.
    private static void PushAll(Stack<(string Path, bool IsAfterNeeded)> pending, IEnumerable<string> modules)
    {
        foreach (string path in modules.OrderDescending(StringComparer.Ordinal))
        {
            pending.Push((path, false));
        }
    }

    private static string Absolute(string name, string listPath, string modulesDirectory) =>
        WantedModules.ModuleName(name) is null || name.Split('/').Skip(name.StartsWith('/') ? 1 : 0).Any(part => part is "" or "." or "..")
            ? throw Damaged(listPath, $"'{name}' is not the name of a kernel module")
            : name.StartsWith('/') ? name : modulesDirectory + "/" + name;

    private static ApplianceException Damaged(string path, string what) =>
        new(ApplianceProblem.InvalidInput, $"{path} is damaged: {what}. Run 'depmod' for this kernel, or install its package again.");
}

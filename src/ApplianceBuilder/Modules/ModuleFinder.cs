using Guestfs.Appliances.Kernel;

namespace Guestfs.Appliances.Modules;

/// <summary>Finds the modules of a kernel, one for each name, in the order in which they are preferred to each other.</summary>
internal sealed class ModuleFinder
{
    // Kernels have about eight levels. Symbolic links to directories above would give any number.
    private const int MaxLevels = 32;

    // Modules here replace those of the kernel's package.
    private const string PreferredDirectory = "updates/";

    private readonly IKernelSource source;
    private readonly string modulesDirectory;
    private readonly Dictionary<string, ModuleFile> found = new(StringComparer.Ordinal);

    private ModuleFinder(IKernelSource source, string modulesDirectory)
    {
        this.source = source;
        this.modulesDirectory = modulesDirectory;
    }

    /// <summary>The modules: first those that modules.order names, in its order, then the others by path.</summary>
    /// <exception cref="ApplianceException">A directory or list cannot be read.</exception>
    internal static IReadOnlyList<ModuleFile> Find(IKernelSource source, string modulesDirectory, CancellationToken cancellationToken)
    {
        ModuleFinder finder = new(source, modulesDirectory);
        finder.Search(modulesDirectory, 0, cancellationToken);

        Dictionary<string, int> positions = new(StringComparer.Ordinal);
        foreach (string line in ModuleListReader.ReadLines(source, modulesDirectory + "/" + ModuleLists.Order))
        {
            positions[line] = positions.Count;
        }

        return [.. finder.found.Values
            .OrderBy(file => positions.GetValueOrDefault(Uncompressed(file.RelativePath), int.MaxValue))
            .ThenBy(file => file.RelativePath, StringComparer.Ordinal)];
    }

    // 'build' and 'source' lead to the kernel's source code.
    private static bool IsSearched(string name) => name is not ("build" or "source");

    private static string Uncompressed(string path) => path[..(path.LastIndexOf(".ko", StringComparison.Ordinal) + ".ko".Length)];

    private void Search(string directory, int level, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (level > MaxLevels)
        {
            throw new ApplianceException(
                ApplianceProblem.InvalidInput, $"{directory} contains a loop, or is nested too deep. Install the kernel package again.");
        }

        foreach (string name in source.List(directory).Where(IsSearched))
        {
            string path = directory + "/" + name;
            if (source.Find(path) is not { } content)
            {
                Search(path, level + 1, cancellationToken);
            }
            else if (WantedModules.ModuleName(name) is not null)
            {
                Add(new ModuleFile(ModuleNames.OfFile(name), path[(modulesDirectory.Length + 1)..], new KernelModule(path, content)));
            }
        }
    }

    private void Add(ModuleFile file)
    {
        if (!found.TryAdd(file.Name, file) && IsPreferred(file) && !IsPreferred(found[file.Name]))
        {
            found[file.Name] = file;
        }
    }

    private static bool IsPreferred(ModuleFile file) => file.RelativePath.StartsWith(PreferredDirectory, StringComparison.Ordinal);
}

/// <summary>A kernel module among the others of its kernel.</summary>
/// <param name="Name">The name under which the kernel knows it.</param>
/// <param name="RelativePath">Its file in the directory of the kernel's modules.</param>
/// <param name="Module">Its file in the source.</param>
internal sealed record ModuleFile(string Name, string RelativePath, KernelModule Module);

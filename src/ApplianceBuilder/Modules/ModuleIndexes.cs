using System.Text;

using Guestfs.Appliances.Common;
using Guestfs.Appliances.Kernel;
using Guestfs.Appliances.Plan;

namespace Guestfs.Appliances.Modules;

/// <summary>
/// depmod's work: the indexes by which modprobe and udev find modules, for a kernel whose package was unpacked but not
/// installed.
/// </summary>
internal static class ModuleIndexes
{
    private const uint Mode = Permissions.Octal0644;

    // Whatever its age, depmod makes these; kmod and udev look for modules and device nodes in them.
    private static readonly string[] Made =
    [
        "modules.alias", "modules.alias.bin", "modules.builtin.bin", ModuleLists.Dependencies, "modules.dep.bin", "modules.devname",
        "modules.softdep", "modules.symbols.bin",
    ];

    /// <summary>The indexes, all of them, if one is missing: then depmod has not run, or something removed what it made.</summary>
    /// <inheritdoc cref="Create"/>
    internal static IReadOnlyList<PlanEntry> CreateIfMissing(
        IKernelSource source, string modulesDirectory, long timestamp, Action<string>? log, CancellationToken cancellationToken)
    {
        if (Array.Find(Made, name => source.Find(modulesDirectory + "/" + name) is null) is not { } missing)
        {
            return [];
        }

        log?.Invoke($"kernel: {modulesDirectory} has no {missing}: they are generated, as depmod would");
        return Create(source, modulesDirectory, timestamp, cancellationToken);
    }

    /// <summary>
    /// The indexes: the same bytes that depmod makes, if it has no configuration. Without modules.symbols, which is for
    /// people only; libkmod reads modules.symbols.bin, and reads no index ahead if that is missing.
    /// </summary>
    /// <param name="source">Where the kernel is.</param>
    /// <param name="modulesDirectory">The directory of its modules in the source, and of the indexes in the appliance.</param>
    /// <param name="timestamp">Time of modification of the indexes, in seconds since 1970.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ApplianceException">A module or list cannot be read, or is damaged.</exception>
    internal static IReadOnlyList<PlanEntry> Create(
        IKernelSource source, string modulesDirectory, long timestamp, CancellationToken cancellationToken)
    {
        ModuleInfo[] modules = ReadModules(source, modulesDirectory, cancellationToken);
        Dictionary<string, int> owners = ModuleGraph.FindOwners(modules);
        string[] dependencies = Dependencies(modules, owners, cancellationToken);
        return
        [
            Text("modules.alias", Lines("# Aliases extracted from modules themselves.", modules.SelectMany(
                module => module.Aliases.Select(alias => $"alias {alias} {module.File.Name}")))),
            Index("modules.alias.bin", modules.SelectMany(Aliases)),
            Index("modules.builtin.alias.bin", BuiltinModules.IndexAliases(source, modulesDirectory)),
            Index("modules.builtin.bin", BuiltinModules.IndexNames(source, modulesDirectory)),
            Text(ModuleLists.Dependencies, Join(dependencies)),
            Index("modules.dep.bin", modules.Select((module, i) => new KmodIndexEntry(module.File.Name, dependencies[i], i))),
            Text("modules.devname", DeviceNodes.List(modules)),
            Text("modules.softdep", Lines("# Soft dependencies extracted from modules themselves.", modules.SelectMany(
                module => module.SoftDependencies.Select(list => $"softdep {module.File.Name} {list}")))),
            Index("modules.symbols.bin", owners.Select(
                owner => new KmodIndexEntry("symbol:" + owner.Key, modules[owner.Value].File.Name, owner.Value))),
        ];

        PlanEntry Text(string name, string text) => File(name, LosslessUtf8.GetBytes(text));

        PlanEntry Index(string name, IEnumerable<KmodIndexEntry> entries) =>
            File(name, KmodIndex.Encode(entries, modulesDirectory + "/" + name, cancellationToken));

        PlanEntry File(string name, byte[] bytes) => new()
        {
            Path = modulesDirectory + "/" + name,
            Kind = EntryKind.File,
            Mode = Mode,
            ModificationTime = timestamp,
            Content = new BytesContent(bytes),
        };
    }

    /// <summary>The text of modules.dep alone.</summary>
    /// <exception cref="ApplianceException">A module or list cannot be read, or is damaged.</exception>
    internal static string ListDependencies(IKernelSource source, string modulesDirectory, CancellationToken cancellationToken)
    {
        ModuleInfo[] modules = ReadModules(source, modulesDirectory, cancellationToken);
        return Join(Dependencies(modules, ModuleGraph.FindOwners(modules), cancellationToken));
    }

    private static ModuleInfo[] ReadModules(IKernelSource source, string modulesDirectory, CancellationToken cancellationToken) =>
        OrderedParallel.Select(ModuleFinder.Find(source, modulesDirectory, cancellationToken), ModuleInfo.Read, cancellationToken);

    // The lines of modules.dep.
    private static string[] Dependencies(ModuleInfo[] modules, Dictionary<string, int> owners, CancellationToken cancellationToken)
    {
        IReadOnlyList<int[]> needed = ModuleGraph.FindNeeded(modules, owners, cancellationToken);
        return [.. modules.Select((module, i) =>
            string.Join(' ', needed[i].Select(index => modules[index].File.RelativePath).Prepend(module.File.RelativePath + ":")))];
    }

    private static string Join(string[] lines) => string.Concat(lines.Select(line => line + "\n"));

    // What cannot be matched cannot be looked up either.
    private static IEnumerable<KmodIndexEntry> Aliases(ModuleInfo module, int position) =>
        module.Aliases.Select(ModuleNames.OfAlias).OfType<string>().Select(alias => new KmodIndexEntry(alias, module.File.Name, position));

    private static string Lines(string heading, IEnumerable<string> lines)
    {
        StringBuilder text = new StringBuilder(heading).Append('\n');
        foreach (string line in lines)
        {
            text.Append(line).Append('\n');
        }

        return text.ToString();
    }
}

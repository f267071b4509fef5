// What the root filesystem of an appliance can do without: docs/design/bundle.md. Whatever is not known here stays.
using System.IO.Enumeration;

using Guestfs.Appliances.Common;
using Guestfs.Appliances.Elf;
using Guestfs.Appliances.Kernel;
using Guestfs.Appliances.LazyLibraries;
using Guestfs.Appliances.Modules;
using Guestfs.Appliances.Plan;
using SharpCompress.Compressors.ZStandard;

using static Guestfs.Appliances.Elf.ElfFormat;

namespace Guestfs.Appliances.Slim;

/// <summary>Leaves out of a root filesystem what no function of libguestfs runs, reads or loads.</summary>
internal sealed class SlimRoot
{
    private static readonly string[] ProgramDirectories = ["/usr/bin", "/usr/sbin", "/bin", "/sbin"];

    private static readonly string[] KmodPlaces = ["/bin/kmod", "/usr/bin/kmod", "/sbin/kmod", "/sbin/modprobe"];

    private const string PackedEnding = ".zst";
    private const int PackingLevel = 15;

    private readonly FilePlan plan;
    private readonly HashSet<string> dropped = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PlanEntry> replaced = new(StringComparer.Ordinal);

    private SlimRoot(FilePlan plan) => this.plan = plan;

    /// <summary>The root filesystem without that.</summary>
    /// <param name="plan">The root filesystem.</param>
    /// <param name="cpu">Its processor, as <c>uname -m</c> has it.</param>
    /// <param name="kernelVersion">The kernel whose modules are in it; null for none.</param>
    /// <param name="timestamp">The time of indexes that are made anew, in seconds since 1970.</param>
    /// <param name="log">Told what was left out.</param>
    /// <param name="cancellationToken">Stops between files.</param>
    /// <exception cref="ApplianceException">A module or a list of modules is damaged.</exception>
    internal static FilePlan Apply(
        FilePlan plan, string cpu, string? kernelVersion, long timestamp, Action<string>? log, CancellationToken cancellationToken)
    {
        SlimRoot slim = new(plan);
        slim.DropFiles(cancellationToken);
        slim.DropLibraries(cpu == "aarch64" ? EM_AARCH64 : EM_X86_64, cancellationToken);
        if (kernelVersion is not null)
        {
            slim.DropModules(kernelVersion, cancellationToken);
        }

        FilePlan result = slim.Rest(timestamp);
        if (kernelVersion is not null)
        {
            result = WithNewIndexes(result, kernelVersion, timestamp, cancellationToken);
        }

        log?.Invoke($"slim: {result.Entries.Count} of {plan.Entries.Count} names, {SizeOf(result) >> 20} of {SizeOf(plan) >> 20} MiB");
        return result;
    }

    private static long SizeOf(FilePlan plan) => plan.Entries.Sum(entry => entry.Content?.Length ?? 0);

    private static bool IsIn(string[] patterns, string name) =>
        Array.Exists(patterns, pattern => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false));

    private static bool IsProgramPlace(string path) =>
        ProgramDirectories.Contains(FilePlanBuilder.ParentOf(path), StringComparer.Ordinal);

    private bool Stays(PlanEntry entry) => !dropped.Contains(entry.Path);

    private void DropFiles(CancellationToken cancellationToken)
    {
        foreach (PlanEntry entry in plan.Entries.Where(entry => entry.Kind != EntryKind.Directory))
        {
            cancellationToken.ThrowIfCancellationRequested();
            string name = FilePlanBuilder.NameOf(entry.Path);
            if (IsProgramPlace(entry.Path)
                ? (IsIn(SlimLists.Programs, name) && !IsIn(SlimLists.NeededPrograms, name)) || IsSubstitute(name)
                : IsIn(SlimLists.Files, entry.Path) && !IsIn(SlimLists.NeededFiles, entry.Path))
            {
                dropped.Add(entry.Path);
            }
            else if (IsProgramPlace(entry.Path) && entry.Content is { } content && IsForeignScript(content))
            {
                dropped.Add(entry.Path);
            }
        }
    }

    private bool IsSubstitute(string program) =>
        SlimLists.Substitutes.FirstOrDefault(known => known.Program == program).Unless is { } better
        && ProgramDirectories.Any(directory => plan.Resolve($"{directory}/{better}") is { } path && plan.Find(path) is not null);

    // Of a language whose interpreter is left out.
    private static bool IsForeignScript(FileContent content)
    {
        const int Longest = 64;
        Span<byte> start = stackalloc byte[(int)Math.Min(Longest, content.Length)];
        using IContentReader reader = content.Open();
        reader.ReadExactly(0, start);
        int end = start.IndexOf((byte)'\n');
        ReadOnlySpan<byte> line = end < 0 ? start : start[..end];
        return line.StartsWith("#!"u8) && (line.IndexOf("perl"u8) >= 0 || line.IndexOf("python"u8) >= 0);
    }

    // Libraries where the loader looks for them, whose name no file that stays has: neither as one that it needs, nor for dlopen(3).
    private void DropLibraries(ushort machine, CancellationToken cancellationToken)
    {
        HashSet<string> executable = new(
            plan.Entries.Where(entry => entry.Kind == EntryKind.File && (entry.Mode & Permissions.Octal0111) != 0 && Stays(entry))
                .Select(entry => entry.Path),
            StringComparer.Ordinal);
        SharedObjects objects = new(plan, executable.Contains, machine, cancellationToken);
        foreach (ElfObject found in objects.All.Where(found => Stays(found.Entry) && IsOf(found, SlimLists.ImageFormats)))
        {
            if (UsedByReaderAlone(found) is { } names)
            {
                StandIn(found, names);
            }
        }

        HashSet<ElfObject> used = [];
        Queue<ElfObject> pending = new();
        foreach (ElfObject found in objects.All.Where(found => Stays(found.Entry) && !IsPlainLibrary(found)))
        {
            Use(found);
        }

        Follow();
        while (Named([.. Unused().Where(found => !IsIn(SlimLists.OpenedLibraries, NameOf(found)))]) is { Length: > 0 } named)
        {
            Array.ForEach(named, Use);
            Follow();
        }

        dropped.UnionWith(Unused().Select(found => found.Path));
        foreach (ElfObject found in used.Where(found => found.Soname?.StartsWith("libicudata.so.", StringComparison.Ordinal) == true))
        {
            if (IsOfXmlAlone())
            {
                StandIn(found);
            }
        }

        void Use(ElfObject found)
        {
            if (used.Add(found))
            {
                pending.Enqueue(found);
            }
        }

        void Follow()
        {
            while (pending.TryDequeue(out ElfObject? user))
            {
                // What stands for another library needs none itself.
                foreach (ElfObject needed in replaced.ContainsKey(user.Path) ? [] : user.Needed.SelectMany(objects.FindAll))
                {
                    Use(needed);
                }
            }
        }

        ElfObject[] Unused() => [.. objects.All.Where(found => Stays(found.Entry) && !used.Contains(found))];

        ElfObject[] Named(ElfObject[] unused)
        {
            Dictionary<ElfObject, byte[]> words = unused.ToDictionary(found => found, found => LosslessUtf8.GetBytes(NameOf(found)));
            return
            [
                .. OrderedParallel.Select(
                    used.ToArray(), user => FileSearch.Find(replaced.GetValueOrDefault(user.Path, user.Entry).Content!, words),
                    cancellationToken).SelectMany(found => found).Distinct(),
            ];
        }

        void StandIn(ElfObject found, IReadOnlySet<string>? names = null)
        {
            if (StandInLibrary.For(found, machine, names) is { } bytes)
            {
                replaced[found.Path] = found.Entry with { Content = new BytesContent(bytes) };
            }
        }

        // Who else uses ICU's libraries may need its data.
        bool IsOfXmlAlone() => used.Where(user => user.Needed.Any(IsOfIcu)).All(
            user => user.Soname is { } name && (IsOfIcu(name) || name.StartsWith("libxml2.so.", StringComparison.Ordinal)));

        // The functions that are called; null where somebody else calls some, or uses data. Programs name the library, too.
        HashSet<string>? UsedByReaderAlone(ElfObject found)
        {
            ElfObject[] users =
            [
                .. objects.All.Where(user => Stays(user.Entry) && user.Needed.Contains(found.Soname, StringComparer.Ordinal)),
            ];
            HashSet<string> names = new(
                users.SelectMany(user => user.Symbols.Where(symbol => symbol.IsUse)).Select(symbol => symbol.Name), StringComparer.Ordinal);
            return Array.TrueForAll(users, user => user.Needed.Append(user.Soname).Any(
                    name => name?.StartsWith(SlimLists.ImageReader, StringComparison.Ordinal) == true))
                && found.Symbols.All(symbol => !symbol.IsDefined || symbol.Type == SymbolType.Function || !names.Contains(symbol.Name))
                ? names
                : null;
        }
    }

    private static bool IsOf(ElfObject found, string[] names) =>
        found.Soname is { } own && Array.Exists(names, name => own.StartsWith(name, StringComparison.Ordinal));

    private static string NameOf(ElfObject library) => library.Soname ?? FilePlanBuilder.NameOf(library.Path);

    private static bool IsOfIcu(string library) => library.StartsWith("libicu", StringComparison.Ordinal);

    // Not those of other directories, which whoever opens them finds by looking there, nor those that glibc opens by names that it makes.
    private static bool IsPlainLibrary(ElfObject found) =>
        FilePlanBuilder.NameOf(found.Path) is var name && name.Contains(".so", StringComparison.Ordinal)
        && !name.StartsWith("libnss_", StringComparison.Ordinal) && !name.StartsWith("ld-linux", StringComparison.Ordinal)
        && IsIn(SlimLists.LibraryDirectories, FilePlanBuilder.ParentOf(found.Path));

    private void DropModules(string kernelVersion, CancellationToken cancellationToken)
    {
        string directory = DirectoryOf(plan, kernelVersion);
        ModuleDependencies dependencies = ModuleDependencies.Read(new PlanKernelSource(plan), directory, cancellationToken);
        IEnumerable<string> wanted = dependencies.Modules.Where(
            path => WantedModules.Includes(path) || SlimLists.IsNeededModule(path[(directory.Length + 1)..]));
        HashSet<string> needed = new(dependencies.InLoadOrder(wanted, cancellationToken), StringComparer.Ordinal);
        dropped.UnionWith(dependencies.Modules.Where(path => !needed.Contains(path)).Select(path => plan.Resolve(path) ?? path));
        if (ReadsPackedModules())
        {
            PlanEntry[] unpacked =
            [
                .. needed.Select(path => plan.Resolve(path) is { } file ? plan.Find(file) : null).OfType<PlanEntry>().Where(
                    entry => entry.Kind == EntryKind.File && entry.Path.EndsWith(".ko", StringComparison.Ordinal)),
            ];
            foreach (PlanEntry packed in OrderedParallel.Select(unpacked, Pack, cancellationToken))
            {
                replaced.Add(packed.Path[..^PackedEnding.Length], packed);
            }
        }
    }

    // What modprobe can unpack is decided when it is compiled.
    private bool ReadsPackedModules() => KmodPlaces.Select(plan.Resolve).Select(path => path is null ? null : plan.Find(path)).Any(
        kmod => kmod?.Content is { } content
            && FileSearch.Find(content, new Dictionary<string, byte[]> { [PackedEnding] = LosslessUtf8.GetBytes(".ko" + PackedEnding) })
                .Length > 0);

    private static PlanEntry Pack(PlanEntry module)
    {
        byte[] contents = module.Content!.ReadAll();
        using MemoryStream packed = new();
        using (CompressionStream stream = new(packed, PackingLevel, leaveOpen: true))
        {
            // For a length that it does not know it fills tables of 50 MB, which takes far longer than to pack a module.
            stream.SetPledgedSrcSize((ulong)contents.Length);
            stream.Write(contents);
        }

        return module with { Path = module.Path + PackedEnding, Content = new BytesContent(packed.ToArray()) };
    }

    private static string DirectoryOf(FilePlan plan, string kernelVersion) =>
        plan.Resolve("/lib/modules/" + kernelVersion) ?? "/lib/modules/" + kernelVersion;

    // So that what is not there is not looked for.
    private static FilePlan WithNewIndexes(FilePlan plan, string kernelVersion, long timestamp, CancellationToken cancellationToken)
    {
        FilePlanBuilder builder = new(plan);
        foreach (PlanEntry index in ModuleIndexes.Create(
            new PlanKernelSource(plan), DirectoryOf(plan, kernelVersion), timestamp, cancellationToken))
        {
            builder.Add(index);
        }

        return builder.Build(timestamp);
    }

    private FilePlan Rest(long timestamp)
    {
        FilePlanBuilder builder = new();
        HashSet<string> parents = new(StringComparer.Ordinal), oldParents = new(StringComparer.Ordinal);
        Dictionary<string, string> moved = new(StringComparer.Ordinal);
        List<PlanEntry> stay = [];
        foreach (PlanEntry entry in plan.Entries.Where(entry => entry.Kind != EntryKind.Directory))
        {
            AddParents(oldParents, entry.Path);
            if (Stays(entry) && !LeadsToDropped(entry))
            {
                AddParents(parents, entry.Path);
                stay.Add(entry);
            }
        }

        // Directories that were empty before are there for something.
        foreach (PlanEntry directory in plan.Entries.Where(entry => entry.Kind == EntryKind.Directory))
        {
            if (parents.Contains(directory.Path) || !oldParents.Contains(directory.Path))
            {
                builder.Add(directory);
            }
        }

        foreach (PlanEntry entry in stay)
        {
            builder.Add(entry.Kind != EntryKind.HardLink || !dropped.Contains(entry.LinkTarget!)
                ? replaced.GetValueOrDefault(entry.Path, entry)
                : moved.TryGetValue(entry.LinkTarget!, out string? first) ? entry with { LinkTarget = first }
                : Moved(entry));
        }

        return builder.Build(timestamp);

        // The name that has the content is left out, and another one stays.
        PlanEntry Moved(PlanEntry link)
        {
            moved.Add(link.LinkTarget!, link.Path);
            return plan.Find(link.LinkTarget!)! with { Path = link.Path };
        }
    }

    private bool LeadsToDropped(PlanEntry entry) =>
        entry.Kind == EntryKind.SymbolicLink && plan.Resolve(entry.Path) is { } target && dropped.Contains(target);

    private static void AddParents(HashSet<string> parents, string path)
    {
        string parent = FilePlanBuilder.ParentOf(path);
        while (parents.Add(parent) && parent != "/")
        {
            parent = FilePlanBuilder.ParentOf(parent);
        }
    }
}

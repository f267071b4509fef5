using System.Globalization;

using Guestfs.Appliances.Archives;
using Guestfs.Appliances.Common;
using Guestfs.Appliances.Host;
using Guestfs.Appliances.Kernel;
using Guestfs.Appliances.Manifest;
using Guestfs.Appliances.Modules;
using Guestfs.Appliances.Packages;
using Guestfs.Appliances.Plan;
using Guestfs.Appliances.Skeletons;

namespace Guestfs.Appliances.Build;

/// <summary>Skeleton, installed packages, host files and kernel of a host.</summary>
internal sealed class HostInputs : ApplianceInputs
{
    private const string PackageListPath = "/packagelist";
    private readonly string root;
    private readonly Skeleton skeleton;
    private readonly PackageClosure closure;
    private readonly PackageSet installed;
    private readonly HostKernelSource kernels;
    private readonly IReadOnlyList<string> hostFiles;
    private readonly string modulesId;

    internal HostInputs(ApplianceBuildOptions options, HostPackageSource source, bool withKernel, CancellationToken cancellationToken)
        : base(options)
    {
        root = HostFileNames.FullPath(source.Root);
        if (!Directory.Exists(root))
        {
            throw new ApplianceException(ApplianceProblem.InvalidInput,
                $"{root}, the root of the system to take packages from, is not a directory that this user can access.");
        }

        List<FileStamp> stamps = [];
        string[] skeletonInputs = options.Skeleton.Count > 0 ? [.. options.Skeleton] : [SkeletonLocator.Find(root, options.Kernel.Cpu)];
        Watch(stamps, skeletonInputs);
        skeleton = SkeletonReader.Read(skeletonInputs, options.Log);
        Watch(stamps, skeleton.Files.Select(file => file.Name));

        IPackageDatabase database = HostPackages.Detect(root, cancellationToken)
            ?? throw new ApplianceException(
                ApplianceProblem.InvalidInput,
                $"There is no database of installed packages (dpkg, rpm or pacman) below {root}. "
                + "Build from a Debian repository (--suite) or from .deb files (--deb).");
        Watch(stamps, database.DatabaseFiles);
        installed = database.Load(cancellationToken);
        if (installed.NativeArchitecture is "amd64" or "arm64"
            && installed.NativeArchitecture != RepositoryOptions.ArchitectureOf(options.Kernel.Cpu))
        {
            throw new ApplianceException(
                ApplianceProblem.InvalidInput,
                $"The packages below {root} are for {installed.NativeArchitecture}, but the appliance is for {options.Kernel.Cpu}. "
                + "Choose the processor (KernelOptions.Cpu, --arch), or packages of "
                + "another system (--root), of a repository (--suite) or in files (--deb).");
        }

        closure = PackageClosure.Resolve(
            installed,
            skeleton.Packages.Select(line => (line.Value, line.Origin)),
            options.LikeSupermin ? ClosurePolicy.Supermin : ClosurePolicy.Complete,
            cancellationToken);
        Report(database.Kind);

        // Their records are hundreds of files: read beside the rest.
        string distribution = OsRelease.Id(root);
        Task<ManifestPackage[]> packages = Task.Run(
            () => OrderedParallel.Select(closure.Packages, package => Describe(database.Kind, distribution, package), cancellationToken),
            cancellationToken);

        hostFiles = [.. skeleton.HostFiles.SelectMany(line => GlobPatterns.Expand(root, line.Value)).Distinct(StringComparer.Ordinal)];
        Watch(stamps, skeleton.HostFiles.SelectMany(line => GlobPatterns.Places(root, line.Value))
            .Concat(hostFiles)
            .Distinct(StringComparer.Ordinal)
            .Select(OnHost));

        kernels = new HostKernelSource(root);
        modulesId = "";
        if (withKernel)
        {
            Kernel = KernelFinder.Find(kernels, options.Kernel, cancellationToken);
            foreach (RejectedKernel refused in Kernel.Rejected)
            {
                options.Log?.Invoke($"kernel: {refused.Path}: {refused.Reason}");
            }

            options.Log?.Invoke($"kernel: {Kernel.ImagePath}, version {Kernel.Version}, modules in {Kernel.ModulesDirectory}");
            modulesId = FingerprintModules(cancellationToken);
            Watch(stamps, new[] { "/boot", "/lib/modules", Kernel.ImagePath, Kernel.ModulesDirectory, Kernel.ModulesDirectory + "/"
                + ModuleLists.Dependencies }.Select(OnHost));
        }

        Packages = packages.GetAwaiter().GetResult();
        SkeletonFiles = [.. skeleton.Files.Select(Describe)];
        HostFiles = DescribeHostFiles();
        Stamps = stamps;
    }

    /// <inheritdoc/>
    internal override RootPlan CreatePlan(Spool spool, IProgress<ApplianceProgress>? progress, CancellationToken cancellationToken)
    {
        Task<List<PlanEntry>> archives = Task.Run(() => skeleton.ReadBase(spool, cancellationToken).ToList(), CancellationToken.None);
        List<PackageFile> packaged;
        HostFile[] hosted;
        try
        {
            packaged = SelectFiles(cancellationToken);
            hosted = OrderedParallel.Select(packaged, file => HostFile.Read(OnHost(file.HostPath)), cancellationToken);
        }
        finally
        {
            // Who removes the spool must be alone with it.
            Task.WaitAny([archives], CancellationToken.None);
        }

        List<PlanEntry> baseEntries = archives.GetAwaiter().GetResult();
        long timestamp = Options.Timestamp ?? NewestOf(hosted, baseEntries);

        FilePlanBuilder builder = new();
        HostPlanner planner = new(root, builder, timestamp, Options.Log);

        // First, because what a package brings as well has its time from there.
        foreach (string file in hostFiles)
        {
            planner.Add(file, file, keepTime: false);
        }

        for (int i = 0; i < hosted.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            planner.Add(packaged[i].Path, packaged[i].HostPath, hosted[i], keepTime: true);
        }

        AddAlternatives(planner, builder);
        IKernelSource modules = kernels;
        if (Kernel is not null)
        {
            string directory = "/lib/modules/" + Kernel.Version;
            planner.AddTree(directory, Kernel.ModulesDirectory, cancellationToken);

            // A kernel's package that was unpacked and not installed comes without.
            IReadOnlyList<PlanEntry> indexes = ModuleIndexes.CreateIfMissing(
                kernels, Kernel.ModulesDirectory, timestamp, Options.Log, cancellationToken);
            foreach (PlanEntry index in indexes)
            {
                builder.Add(index with { Path = directory + index.Path[Kernel.ModulesDirectory.Length..] });
            }

            modules = new IndexedKernelSource(kernels, indexes);
        }

        // Last, because they win.
        foreach (PlanEntry entry in baseEntries)
        {
            builder.Add(entry);
        }

        if (Options.IncludePackageList)
        {
            builder.Add(PackageList(timestamp));
        }

        return new RootPlan(builder.Build(timestamp), modules, timestamp);
    }

    /// <inheritdoc/>
    internal override IReadOnlyDictionary<string, ManifestPackage> FindOwners()
    {
        Dictionary<string, ManifestPackage> owners = new(StringComparer.Ordinal);
        foreach ((InstalledPackage package, ManifestPackage described) in closure.Packages.Zip(Packages))
        {
            foreach (PackageFile file in package.Files)
            {
                owners[file.Path] = described;
            }
        }

        return owners;
    }

    /// <inheritdoc/>
    private protected override void AddTo(ContentId id)
    {
        id.Add("host").Add(modulesId);
        foreach (string file in hostFiles)
        {
            if (Posix.LinkStatus(OnHost(file)) is { } status)
            {
                id.Add(file)
                    .Add($"{status.Mode} {status.Uid} {status.Gid}")
                    .Add(status.Kind == EntryKind.SymbolicLink ? Posix.ReadLink(OnHost(file)) : "");
            }
        }

        // What the administrator decides about packages' files.
        foreach (PackageFile diverted in closure.Packages.SelectMany(package => package.Files).Where(file => file.Path != file.HostPath))
        {
            id.Add(diverted.Path).Add(diverted.HostPath);
        }

        foreach (AlternativeLink alternative in installed.Alternatives)
        {
            id.Add(alternative.Link).Add(alternative.Middle).Add(alternative.Target);
        }
    }

    private static void Watch(List<FileStamp> stamps, IEnumerable<string> paths) => stamps.AddRange(paths.Select(FileStamp.Of));

    private string OnHost(string path) => HostRoot.Join(root, path);

    private void Report(string databaseKind)
    {
        Options.Log?.Invoke($"packages: {closure.Packages.Count} of {databaseKind}'s {installed.Packages.Count}, with dependencies");
        foreach (MissingPackage missing in closure.Missing)
        {
            Options.Log?.Invoke($"packages: {missing.Name}, asked for by {missing.AskedBy}, is not installed: left out");
        }

        if (Options.RequireAllPackages && closure.Missing.Count > 0)
        {
            throw new ApplianceException(
                ApplianceProblem.MissingPackage,
                "Not installed: "
                + $"{string.Join(", ", closure.Missing.Select(missing => $"{missing.Name} (asked for by {missing.AskedBy})"))}. Install "
                + "them, or allow the appliance to be built without.");
        }
    }

    // The skeleton's base archive has configuration files as the distribution made them; the host's may say anything.
    private List<PackageFile> SelectFiles(CancellationToken cancellationToken)
    {
        PackageFile[] all = [.. closure.Packages.SelectMany(package => package.Files)];
        bool[] wanted = OrderedParallel.Select(
            all, file => !IsConfiguration(file) && !IsForeignGhost(file) && !skeleton.IsExcluded(file.Path), cancellationToken);
        Dictionary<string, PackageFile> selected = new(StringComparer.Ordinal);
        for (int i = 0; i < all.Length; i++)
        {
            if (wanted[i])
            {
                selected.TryAdd(all[i].Path, all[i]);
            }
        }

        Options.Log?.Invoke(
            $"files: {all.Length} of packages, {selected.Count} after leaving out configuration and what the skeleton excludes");
        return [.. selected.Values.OrderBy(file => file.Path, StringComparer.Ordinal)];
    }

    // The host is asked only about what could be configuration: of thousands of files, the few in /etc.
    private bool IsConfiguration(PackageFile file) =>
        installed.Rules.IsConfigurationForSupermin(file, isRegular: true)
        && installed.Rules.IsConfigurationForSupermin(file, Posix.LinkStatus(OnHost(file.HostPath))?.Kind == EntryKind.File);

    // A name that a package only owns: what is there was made on this host. Fedora's alternatives are such links, and wanted.
    private bool IsForeignGhost(PackageFile file) =>
        file.IsGhost && !Options.LikeSupermin && Posix.LinkStatus(OnHost(file.HostPath))?.Kind != EntryKind.SymbolicLink;

    private static long NewestOf(IEnumerable<HostFile> packaged, IEnumerable<PlanEntry> baseEntries) =>
        packaged.Where(file => file.Status?.Kind == EntryKind.File).Select(file => file.Status!.Value.ModificationTimeNs / 1_000_000_000)
            .Concat(baseEntries.Select(entry => entry.ModificationTime))
            .Prepend(0).Max();

    // Names such as /usr/bin/awk, which no package owns.
    private void AddAlternatives(HostPlanner planner, FilePlanBuilder builder)
    {
        if (Options.LikeSupermin)
        {
            return;
        }

        foreach (AlternativeLink alternative in installed.Alternatives.Where(alternative => builder.Contains(alternative.Target)))
        {
            planner.Add(alternative.Link, alternative.Link, keepTime: false);
            planner.Add(alternative.Middle, alternative.Middle, keepTime: false);
        }
    }

    private PlanEntry PackageList(long timestamp) => new()
    {
        Path = PackageListPath,
        Kind = EntryKind.File,
        Mode = Permissions.Octal0644,
        ModificationTime = timestamp,
        Content = new BytesContent(LosslessUtf8.GetBytes(string.Concat(
            closure.Packages.Select(package => $"{package.Name}_{package.Version}_{package.Architecture}\n")
                .Order(StringComparer.Ordinal)))),
    };

    private static ManifestPackage Describe(string databaseKind, string distribution, InstalledPackage package) => new(
        databaseKind switch { "dpkg" => "deb", "pacman" => "alpm", _ => databaseKind },
        distribution,
        package.Name,
        package.Version,
        package.Architecture,
        package.Digest);

    private List<ManifestFile> DescribeHostFiles()
    {
        List<ManifestFile> files = [];
        foreach (string file in hostFiles)
        {
            if (kernels.Find(file) is { } content)
            {
                files.Add(Describe(file, content));
            }
        }

        if (Kernel is not null)
        {
            files.Add(Describe(Kernel.ImagePath, Kernel.Image));
        }

        return files;
    }

    // Thousands of modules, all of one package: names, sizes and the package's times tell them apart well enough. The
    // lists that depmod makes have no time of the package; their sizes and modules.dep's content stand for them.
    private string FingerprintModules(CancellationToken cancellationToken)
    {
        using ContentId id = new();
        string top = OnHost(Kernel!.ModulesDirectory);
        foreach (string path in Directory.EnumerateFiles(top, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Posix.LinkStatus(path) is { } status)
            {
                bool made = Path.GetFileName(path).StartsWith("modules.", StringComparison.Ordinal);
                id.Add(path[top.Length..]).Add(status.Size.ToString(CultureInfo.InvariantCulture));
                id.Add(made ? "" : status.ModificationTimeNs.ToString(CultureInfo.InvariantCulture));
            }
        }

        if (kernels.Find(Kernel.ModulesDirectory + "/" + ModuleLists.Dependencies) is { } list)
        {
            id.Add(Describe(ModuleLists.Dependencies, list).Sha256!);
        }

        return id.ToHex();
    }
}

// The inputs of an appliance made of Debian package archives: no package of this machine is looked at.
using Guestfs.Appliances.Archives;
using Guestfs.Appliances.Debian;
using Guestfs.Appliances.Host;
using Guestfs.Appliances.Kernel;
using Guestfs.Appliances.Manifest;
using Guestfs.Appliances.Modules;
using Guestfs.Appliances.Packages;
using Guestfs.Appliances.Plan;
using Guestfs.Appliances.Repositories;
using Guestfs.Appliances.Skeletons;

namespace Guestfs.Appliances.Build;

/// <summary>Archives of packages, the skeleton in one of them, and the kernel in another.</summary>
internal sealed class ArchiveInputs : ApplianceInputs
{
    private static readonly string[] DependencyFields = ["Pre-Depends", "Depends"];

    private readonly IReadOnlyList<RepositoryPackage> archives;
    private readonly Skeleton skeleton;
    private readonly bool withKernel;
    private RepositoryFiles? unpacked;

    internal ArchiveInputs(ApplianceBuildOptions options, ArchivePackageSource source, bool withKernel, CancellationToken cancellationToken)
        : base(options)
    {
        this.withKernel = withKernel;
        if (source.Archives.Count == 0)
        {
            throw new ApplianceException(ApplianceProblem.InvalidInput, "No package archives were given to make the appliance of.");
        }

        List<DebPackage> packages = [.. source.Archives.Select(DebPackage.Open).OrderBy(package => package.Name, StringComparer.Ordinal)];
        CheckArchitecture(packages);
        CheckComplete(packages);
        archives = [.. packages.Select(package => Identify(package, cancellationToken))];
        skeleton = options.Skeleton.Count > 0
            ? SkeletonReader.Read(options.Skeleton, options.Log)
            : source.Skeleton ?? SkeletonReader.Read(SkeletonArchives.Find(source.SkeletonArchives, cancellationToken), options.Log);

        string distribution = Distribution(packages, cancellationToken);
        Packages = [.. archives.Select(
            package => new ManifestPackage("deb", distribution, package.Name, package.Version, package.Architecture, package.Sha256))];
        SkeletonFiles = [.. skeleton.Files.Select(Describe)];
        Stamps = [.. source.Archives.Concat(source.SkeletonArchives).Concat(options.Skeleton).Select(FileStamp.Of)];
    }

    /// <inheritdoc/>
    internal override RootPlan CreatePlan(Spool spool, IProgress<ApplianceProgress>? progress, CancellationToken cancellationToken)
    {
        unpacked = RepositoryFiles.ReadAsync(
            archives, spool, Environment.ProcessorCount, progress, cancellationToken).GetAwaiter().GetResult();
        IReadOnlyList<PlanEntry> packaged = unpacked.Entries;
        List<PlanEntry> baseEntries = [.. skeleton.ReadBase(spool, cancellationToken)];
        long timestamp = Options.Timestamp ?? packaged.Concat(baseEntries).Max(entry => entry.ModificationTime);

        FilePlanBuilder all = new();
        foreach (PlanEntry entry in packaged)
        {
            all.Add(entry);
        }

        FilePlan everything = all.Build();
        PlanKernelSource kernels = new(everything);
        Kernel = withKernel ? KernelFinder.Find(kernels, Options.Kernel, cancellationToken) : null;

        FilePlanBuilder builder = new();
        foreach (PlanEntry entry in Select(everything, cancellationToken)
            .Concat(CreateModuleIndexes(kernels, timestamp, cancellationToken))
            .Concat(baseEntries))
        {
            builder.Add(entry.ModificationTime == 0 ? entry with { ModificationTime = timestamp } : entry);
        }

        // The modules from the plan itself: with the modules.dep that the appliance has.
        FilePlan files = builder.Build(timestamp);
        return new RootPlan(files, new PlanKernelSource(files), timestamp);
    }

    /// <inheritdoc/>
    internal override IReadOnlyDictionary<string, ManifestPackage> FindOwners()
    {
        Dictionary<string, ManifestPackage> owners = new(StringComparer.Ordinal);
        foreach ((IReadOnlyList<PlanEntry> entries, ManifestPackage package) in unpacked!.OfPackages.Zip(Packages))
        {
            foreach (PlanEntry entry in entries)
            {
                owners[entry.Path] = package;
            }
        }

        return owners;
    }

    /// <inheritdoc/>
    private protected override void AddTo(ContentId id) => id.Add("archives");

    private void CheckArchitecture(List<DebPackage> packages)
    {
        string wanted = RepositoryOptions.ArchitectureOf(Options.Kernel.Cpu);
        if (packages.Find(package => package.Architecture != "all" && package.Architecture != wanted) is { } foreign)
        {
            throw new ApplianceException(
                ApplianceProblem.InvalidInput,
                $"{foreign.Path} is for {foreign.Architecture}, but the appliance is for {wanted}. Choose the processor "
                + "(KernelOptions.Cpu, --arch), or other packages.");
        }
    }

    // A set without something it needs would make an appliance that fails at odd moments.
    private void CheckComplete(List<DebPackage> packages)
    {
        List<string> missing = [];
        List<(DebPackage Package, PackageRelation[] Provides)> present =
            [.. packages.Select(package =>
                (package, DebianRelations.Parse(package.Control["Provides"], package.Path).SelectMany(group => group).ToArray()))];
        foreach (DebPackage package in packages.Where(package => !DebianKernels.IsPart(package.Name)))
        {
            foreach (IReadOnlyList<PackageRelation> alternatives in DependencyFields.SelectMany(
                field => DebianRelations.Parse(package.Control[field], package.Path)))
            {
                if (!alternatives.Any(dependency =>
                    present.Any(candidate => dependency.IsMetBy(candidate.Package.Name, candidate.Package.Version, candidate.Provides))))
                {
                    missing.Add(
                        $"{string.Join(" | ", alternatives.Select(dependency => dependency.DebianText))} (needed by {package.Name})");
                }
            }
        }

        if (missing.Count == 0)
        {
            return;
        }

        string list = string.Join(", ", missing);
        if (Options.RequireAllPackages)
        {
            throw new ApplianceException(ApplianceProblem.MissingPackage,
                $"The package archives are not complete: {list}. Add them, or allow the appliance to be built without.");
        }

        Options.Log?.Invoke($"packages: not among the archives: {list}");
    }

    private static RepositoryPackage Identify(DebPackage package, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using FileStream file = File.OpenRead(package.Path);
        return new RepositoryPackage(
            package.Name, package.Version.ToString(), package.Architecture, Describe(package.Path, file).Sha256!, package.Path);
    }

    private static string Distribution(List<DebPackage> packages, CancellationToken cancellationToken)
    {
        const string Path = "/usr/lib/os-release";
        const int MaxLength = 1 << 16;
        DebPackage? package = packages.Find(package => package.Name == "base-files");
        return package?.ReadMembers(path => path == Path, MaxLength, cancellationToken).GetValueOrDefault(Path) is { IsEmpty: false } bytes
            ? OsRelease.Id(LosslessUtf8.GetString(bytes.Span).Split('\n'))
            : "debian";
    }

    // Debian's kernels come without: depmod makes them on the machine.
    private IReadOnlyList<PlanEntry> CreateModuleIndexes(PlanKernelSource kernels, long timestamp, CancellationToken cancellationToken) =>
        Kernel is null ? [] : ModuleIndexes.CreateIfMissing(kernels, Kernel.ModulesDirectory, timestamp, Options.Log, cancellationToken);

    // Without what the skeleton excludes, but with the host files that it names and with the chosen kernel's modules.
    private IEnumerable<PlanEntry> Select(FilePlan everything, CancellationToken cancellationToken)
    {
        string[] modules = Kernel is null ? [] : [Kernel.ModulesDirectory + "/", "/usr" + Kernel.ModulesDirectory + "/"];
        HashSet<string> excluded = new(StringComparer.Ordinal);
        foreach (PlanEntry entry in everything.Entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            bool wanted = !skeleton.IsExcluded(entry.Path)
                || Array.Exists(modules, directory => (entry.Path + "/").StartsWith(directory, StringComparison.Ordinal))
                || skeleton.HostFiles.Any(line => GlobPatterns.MatchesFile(line.Value, entry.Path));
            if (!wanted)
            {
                excluded.Add(entry.Path);
                continue;
            }

            // The name that has the content may be left out, and another one stay.
            yield return entry.Kind == EntryKind.HardLink && excluded.Contains(entry.LinkTarget!)
                ? everything.Find(entry.LinkTarget!)! with { Path = entry.Path }
                : entry;
        }
    }
}

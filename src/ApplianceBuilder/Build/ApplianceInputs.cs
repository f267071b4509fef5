using System.Globalization;

using Guestfs.Appliances.Archives;
using Guestfs.Appliances.Common;
using Guestfs.Appliances.Host;
using Guestfs.Appliances.Kernel;
using Guestfs.Appliances.LazyLibraries;
using Guestfs.Appliances.Manifest;
using Guestfs.Appliances.Plan;
using Guestfs.Appliances.Skeletons;
using Guestfs.Appliances.Slim;

namespace Guestfs.Appliances.Build;

/// <summary>The resolved inputs of an appliance.</summary>
internal abstract class ApplianceInputs
{
    // Changes when the same inputs come to give other bytes.
    private const string Layout = "2";

    private protected ApplianceInputs(ApplianceBuildOptions options) => Options = options;

    /// <summary>What was asked for.</summary>
    internal ApplianceBuildOptions Options { get; }

    /// <summary>Packages, sorted by name.</summary>
    internal IReadOnlyList<ManifestPackage> Packages { get; private protected set; } = [];

    /// <summary>The skeleton's files, in the order in which they count.</summary>
    internal IReadOnlyList<ManifestFile> SkeletonFiles { get; private protected set; } = [];

    /// <summary>The host's files outside packages, and the kernel.</summary>
    internal IReadOnlyList<ManifestFile> HostFiles { get; private protected set; } = [];

    /// <summary>All these files, sorted by name.</summary>
    internal IReadOnlyList<ManifestFile> Files => [.. SkeletonFiles.Concat(HostFiles).OrderBy(file => file.Name, StringComparer.Ordinal)];

    /// <summary>Files of the host that show by their status that inputs have changed.</summary>
    internal IReadOnlyList<FileStamp> Stamps { get; private protected set; } = [];

    /// <summary>The kernel; null where none is wanted.</summary>
    internal KernelChoice? Kernel { get; private protected set; }

    /// <summary>The digest of all that decides the appliance's bytes, in hexadecimal.</summary>
    internal string Key { get; private set; } = "";

    /// <summary>The UUID of the root filesystem, from the same digest.</summary>
    internal Guid RootUuid { get; private set; }

    /// <summary>Finds the inputs.</summary>
    /// <param name="options">What is asked for.</param>
    /// <param name="withKernel">Whether a kernel is needed: not for a mere directory tree.</param>
    /// <param name="progress">Receives progress reports.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="ApplianceException">Something is missing or unreadable.</exception>
    internal static ApplianceInputs Resolve(
        ApplianceBuildOptions options, bool withKernel, IProgress<ApplianceProgress>? progress, CancellationToken cancellationToken)
    {
        progress?.Report(new ApplianceProgress(ApplianceStage.Resolving, 0, 0));
        try
        {
            ApplianceInputs inputs = options.Packages switch
            {
                HostPackageSource host => new HostInputs(options, host, withKernel, cancellationToken),
                ArchivePackageSource archives => new ArchiveInputs(options, archives, withKernel, cancellationToken),
                _ => throw new ArgumentException("Unknown source of packages.", nameof(options)),
            };
            inputs.Identify();
            return inputs;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ApplianceException(
                ApplianceProblem.UnreadableFile, $"What the appliance is made of cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Identifies a request without looking at any file: the same for the same options.</summary>
    internal static string RequestId(ApplianceBuildOptions options)
    {
        using ContentId id = new();
        AddOptions(id, options);
        foreach (string input in options.Skeleton)
        {
            id.Add(Path.GetFullPath(input));
        }

        id.Add(options.Packages switch
        {
            HostPackageSource host => "host " + Path.GetFullPath(host.Root),
            ArchivePackageSource archives => "archives " + string.Join('\0', archives.Archives.Append("")
                .Concat(archives.SkeletonArchives)
                .Select(path => path.Length > 0 ? Path.GetFullPath(path) : "")),
            _ => "",
        });
        KernelOptions kernel = options.Kernel;
        id.Add(kernel.Cpu).Add(kernel.ImagePath ?? "").Add(kernel.Version ?? "").Add(kernel.ModulesDirectory ?? "");
        AddNativeCode(id, options);
        return id.ToHex();
    }

    /// <summary>Makes the plan of the root filesystem.</summary>
    /// <param name="spool">A file for what has to be unpacked; it must stay while the plan is used.</param>
    /// <param name="progress">Receives progress reports.</param>
    /// <param name="cancellationToken">Stops it.</param>
    internal abstract RootPlan CreatePlan(Spool spool, IProgress<ApplianceProgress>? progress, CancellationToken cancellationToken);

    /// <summary>Which of <see cref="Packages"/> brought each path of the plan, which must have been made. Many have directories together.
    /// </summary>
    internal abstract IReadOnlyDictionary<string, ManifestPackage> FindOwners();

    /// <summary>Those of <see cref="Packages"/> of which something is in a plan: all, unless it is slim.</summary>
    internal IReadOnlyList<ManifestPackage> PackagesIn(FilePlan plan)
    {
        if (!Options.Slim)
        {
            return Packages;
        }

        HashSet<ManifestPackage> present = [.. FindOwners().Where(owned => plan.Resolve(owned.Key) is { } path
            && plan.Find(path) is { Kind: not EntryKind.Directory }).Select(owned => owned.Value)];
        return [.. Packages.Where(present.Contains)];
    }

    /// <summary>Makes the plan, and removes the file of what had to be unpacked when the plan has been used.</summary>
    /// <param name="spoolPath">The file.</param>
    /// <param name="progress">Receives progress reports.</param>
    /// <param name="use">Uses the plan.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    internal T WithPlan<T>(
        string spoolPath, IProgress<ApplianceProgress>? progress, Func<RootPlan, T> use, CancellationToken cancellationToken)
    {
        using Spool spool = new(spoolPath);
        try
        {
            RootPlan plan = CreatePlan(spool, progress, cancellationToken);
            if (Options.Slim)
            {
                plan = plan with
                {
                    Files = SlimRoot.Apply(
                        plan.Files, Options.Kernel.Cpu, Kernel?.Version, plan.Timestamp, Options.Log, cancellationToken),
                };
            }

            LibraryCheck.Run(plan.Files, Options.Kernel.Cpu, Options.Log, cancellationToken);
            return use(plan);
        }
        finally
        {
            File.Delete(spoolPath);
        }
    }

    /// <summary>Name, size and digest of an input, as the manifest has them.</summary>
    private protected static ManifestFile Describe(string name, Stream content)
    {
        using DigestStream digested = new(Stream.Null);
        content.CopyTo(digested);
        return new(name, content.Length, Convert.ToHexStringLower(digested.Current()));
    }

    private protected static ManifestFile Describe(SkeletonFile file)
    {
        using Stream stream = file.Open();
        return Describe(file.Name, stream);
    }

    private protected static ManifestFile Describe(string name, FileContent content)
    {
        using ContentStream stream = new(content);
        return Describe(name, stream);
    }

    /// <summary>Adds what the key must cover besides <see cref="Packages"/> and <see cref="Files"/>.</summary>
    private protected abstract void AddTo(ContentId id);

    private static void AddOptions(ContentId id, ApplianceBuildOptions options) =>
        id.Add(Layout)
            .Add(BuilderVersion.Current)
            .Add(options.RootSize?.ToString(CultureInfo.InvariantCulture) ?? "")
            .Add(options.FreeSpace.ToString(CultureInfo.InvariantCulture))
            .Add(options.Timestamp?.ToString(CultureInfo.InvariantCulture) ?? "")
            .Add(options.ChosenProfile.ToString())
            .Add(options.LikeSupermin ? "supermin" : "complete")
            .Add(options.RequireAllPackages ? "all" : "installed")
            .Add((options.IncludePackageList ? "list" : "") + (options.Slim ? "slim" : ""));

    private static void AddNativeCode(ContentId id, ApplianceBuildOptions options)
    {
        bool isFast = options.ChosenProfile == ApplianceProfile.Fast;
        string cpu = options.Kernel.Cpu;
        id.Add(Digest(NativeCode.Init(options.ChosenProfile, cpu)))
            .Add(isFast ? Digest(LazyCode.Read(cpu).Bytes.Span) : "")
            .Add(isFast ? Digest(NativeCode.Udevadm(cpu)) : "")
            .Add(isFast && cpu == "x86_64" ? Digest(NativeCode.KernelEntry) + PvhArguments.OneProcessor + PvhArguments.Always : "");

        static string Digest(ReadOnlySpan<byte> code) => Sha256Hash.HexOf(code);
    }

    private void Identify()
    {
        using ContentId id = new();
        AddOptions(id, Options);
        foreach (ManifestPackage package in Packages)
        {
            id.Add(package.Name).Add(package.Version).Add(package.Architecture).Add(package.Sha256);
        }

        foreach (ManifestFile file in SkeletonFiles)
        {
            // Skeletons of the same content are the same, wherever they lie; of two files, the later may override the earlier.
            id.Add(Path.GetFileName(file.Name)).Add(file.Sha256!);
        }

        id.Add("host files");
        foreach (ManifestFile file in HostFiles)
        {
            id.Add(file.Name).Add(file.Sha256!);
        }

        id.Add(Kernel?.Version ?? "");
        if (Kernel is not null)
        {
            AddNativeCode(id, Options);
        }

        AddTo(id);
        Key = id.ToHex();
        RootUuid = id.ToUuid();
    }
}

/// <summary>What the root filesystem holds, and how to read the kernel's modules.</summary>
/// <param name="Files">The root filesystem.</param>
/// <param name="Kernels">Where the kernel's modules are read from.</param>
/// <param name="Timestamp">The time of what has none of its own, in seconds since 1970.</param>
internal sealed record RootPlan(FilePlan Files, IKernelSource Kernels, long Timestamp);

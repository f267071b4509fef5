using System.CommandLine;
using System.CommandLine.Parsing;
using System.Runtime.InteropServices;

using Guestfs.Appliances;
using Guestfs.Appliances.Skeletons;
using Guestfs.Cli.Help;
using Guestfs.Cli.Output;

namespace Guestfs.Cli.Commands.Appliances;

/// <summary>Builds an appliance, into the cache or a directory.</summary>
internal static class ApplianceBuildCommand
{
    private static readonly Option<string?> Output = new("--output", "-o")
    {
        Description = "Directory for the appliance. Without it, the appliance goes into the cache, and its directory is printed.",
        HelpName = "directory",
    };

    private static readonly Option<string?> Cache = new("--cache")
    {
        Description = "The cache's directory. Downloaded packages are kept in it too.", HelpName = "directory",
    };

    private static readonly Option<string[]> Skeleton = new("--skeleton")
    {
        Description = "Files and directories of the supermin skeleton. Default: the one of the installed libguestfs.", HelpName = "path",
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<string> Root = new("--root")
    {
        Description = "The root directory of the system whose packages are taken. Default: /.",
        HelpName = "directory",
        DefaultValueFactory = _ => "/",
    };

    private static readonly Option<string[]> Debs = new("--deb")
    {
        Description = "Debian package archives to take in place of installed packages.", HelpName = "file",
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<string[]> SkeletonDebs = new("--skeleton-deb")
    {
        Description = "Package archives of libguestfs, of which only the skeleton is taken.", HelpName = "file",
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<string?> Kernel = new("--kernel")
    {
        Description = "The kernel's file (or SUPERMIN_KERNEL).", HelpName = "file",
    };

    private static readonly Option<string?> KernelVersion = new("--kernel-version")
    {
        Description = "The version of that kernel (or SUPERMIN_KERNEL_VERSION).", HelpName = "version",
    };

    private static readonly Option<string?> Modules = new("--modules")
    {
        Description = "The directory of that kernel's modules (or SUPERMIN_MODULES).", HelpName = "directory",
    };

    private static readonly Option<Architecture?> Arch = CommandLine.Option<Architecture>(
        "--arch",
        "x86_64|aarch64",
        "The processor that the appliance is for, also as amd64 or arm64; the packages must be for it too. Default: this machine's.",
        "a processor that appliances can be made for: x86_64 (amd64) or aarch64 (arm64)",
        text => text switch { "x86_64" or "amd64" => Architecture.X64, "aarch64" or "arm64" => Architecture.Arm64, _ => null });

    private static readonly Option<ApplianceProfile?> Profile = CommandLine.Option<ApplianceProfile>(
        "--profile",
        "stock|fast",
        "How the appliance starts: stock, with libguestfs' own init script, or fast, with a native init and udev on demand. Default: "
        + "fast for x86_64.",
        "a profile: stock or fast",
        text => text.ToUpperInvariant() switch { "STOCK" => ApplianceProfile.Stock, "FAST" => ApplianceProfile.Fast, _ => null });

    private static readonly Option<long?> Size =
        CommandLine.Option<long>(
            "--size", "size", "Size of the root filesystem, such as 4G. Default: its files and --free-space.", ByteSize.Wanted,
            ByteSize.Read);

    private static readonly Option<long?> FreeSpace = CommandLine.Option<long>(
        "--free-space",
        "size",
        "Free space of the root filesystem, for temporary files of the daemon and its programs. Default: 128M.",
        ByteSize.Wanted,
        text => text is "0" ? 0 : ByteSize.Read(text));

    private static readonly Flag Strict = new("--require-all")
    {
        Description = "Fail when a package that the skeleton names is not installed.",
    };

    private static readonly Flag LikeSupermin = new("--like-supermin")
    {
        Description = "Choose packages exactly as supermin does, which knows neither alternatives nor virtual packages of Debian.",
    };

    private static readonly Flag Slim = new("--slim")
    {
        Description = "Leave out what no function of libguestfs runs, reads or loads, such as interpreters and drivers of real hardware.",
    };

    private static readonly Flag WithState = new("--with-state")
    {
        Description = "Boot it once and save the machine, until this host is booted: with LIBGUESTFS_HV=DIRECTORY/resume/qemu beside "
            + "LIBGUESTFS_PATH=DIRECTORY, guestfish and others resume it. Programs of this library do so in any case.",
    };

    private static readonly Flag Verbose = new("--verbose", "-v")
    {
        Description = "Tell on standard error what is chosen and why.",
    };

    static ApplianceBuildCommand()
    {
        HelpPage.Group(
            OptionGroup.Contents, Skeleton, Root, Debs, SkeletonDebs, Arch, Profile, Size, FreeSpace, Strict, LikeSupermin, Slim,
            WithState);
        HelpPage.Group(OptionGroup.Kernel, Kernel, KernelVersion, Modules);
    }

    /// <summary>Those that say what an appliance is made of.</summary>
    internal static Option[] OfInputs => [Skeleton, Root, Kernel, KernelVersion, Modules, Arch, Size, FreeSpace, Verbose];

    internal static Command Create()
    {
        Command command = new("build", "Builds an appliance from installed packages or from package archives, without root rights.")
        {
            Output, Cache, Skeleton, Root, Debs, SkeletonDebs, Kernel, KernelVersion, Modules, Arch, Profile, Size, FreeSpace, Strict,
            LikeSupermin, Slim, WithState, Verbose,
        };
        RepositoryCommandOptions.AddTo(command);
        command.RefuseEmpty();
        command.Validators.Add(CheckTogether);
        command.SetAction((result, cancellationToken) => Task.Run(() => RunAsync(result, cancellationToken), CancellationToken.None));
        return command;
    }

    // An option that would be passed over is a mistake: what was asked for does not happen.
    internal static void CheckTogether(CommandResult result)
    {
        bool repository = RepositoryCommandOptions.AreGiven(result), archives = result.IsGiven(Debs);
        string? fault = repository && archives
            ? "--deb takes packages from files, --suite and --repository take them from a repository: give the one or the other."
            : repository || archives ? Together(
                result, [Root, LikeSupermin], "is for installed packages: it goes neither with --deb nor with --suite and --repository.")
            : RepositoryCommandOptions.WithoutRepository(result) is { } option
                ? $"{option} is for packages of a repository: it needs --suite or --repository."
            : null;
        fault ??= RepositoryCommandOptions.Fault(result)
            ?? (archives ? null : Together(result, [SkeletonDebs], "needs --deb."))
            ?? (result.IsGiven(Skeleton) ? Together(result, [SkeletonDebs], "and --skeleton exclude each other.") : null)
            ?? (result.IsGiven(Size) ? Together(result, [FreeSpace], "and --size exclude each other: one follows from the other.") : null)
            ?? (result.IsGiven(Output) && !repository
                ? Together(result, [Cache], "and --output exclude each other: an appliance goes into the cache or into a directory.")
                : null)
            ?? (result.IsGiven(Kernel) || ProcessInput.Kernel(null).ImagePath is not null
                ? null
                : Together(result, [KernelVersion], "needs --kernel: it is the version of that file."));
        if (fault is not null)
        {
            result.AddError(fault);
        }
    }

    private static string? Together(CommandResult result, Option[] options, string fault) =>
        Array.Find(options, result.IsGiven) is { } given ? $"{given.Name} {fault}" : null;

    private static async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        if (result.GetValue(WithState) && Unsavable(result) is { } fault)
        {
            throw new UsageException(fault);
        }

        using ProgressBar bar = new();
        ApplianceBuildOptions options = Options(result);
        string? directory = result.GetValue(Output) is { } output ? OutputPath(output) : null;
        bool repository = RepositoryCommandOptions.AreGiven(result.CommandResult);
        ApplianceCache? cache = directory is null || repository
            ? OpenCache(ProcessInput.FullPath(result.GetValue(Cache) ?? ApplianceCache.DefaultDirectory))
            : null;
        if (repository)
        {
            using HttpClient http = RepositoryCommandOptions.NewClient();
            options = options with
            {
                Packages = await new ApplianceRepository(
                    RepositoryCommandOptions.Read(result, options.Kernel.Cpu, PackagesIn(cache!.Directory), options.LoggerFactory), http)
                    .DownloadAsync(options.Skeleton, bar, cancellationToken).ConfigureAwait(false),
                RequireAllPackages = true,
            };
        }

        if (directory is not null)
        {
            using Appliance built = ApplianceBuilder.Build(options, directory, bar, cancellationToken);
            bar.Dispose();
            await SaveAsync(built, result, cancellationToken).ConfigureAwait(false);
            return 0;
        }

        using Appliance cached = cache!.GetOrBuild(options, bar, cancellationToken);
        bar.Dispose();
        await SaveAsync(cached, result, cancellationToken).ConfigureAwait(false);
        DirectoryAnswer.Write(result, cached.Directory);
        return 0;
    }

    private static string? Unsavable(ParseResult result) =>
        result.GetValue(Profile) == ApplianceProfile.Stock ? $"{WithState.Name} needs the profile fast."
        : (result.GetValue(Arch) ?? RuntimeInformation.ProcessArchitecture) != RuntimeInformation.ProcessArchitecture
            ? $"{WithState.Name} boots the appliance: it must be for this machine's processor."
        : null;

    // What cannot be saved still boots.
    private static async Task SaveAsync(Appliance appliance, ParseResult result, CancellationToken cancellationToken)
    {
        if (!result.GetValue(WithState))
        {
            return;
        }

        ResumableAppliance made = await ResumableAppliance.PrepareAsync(appliance.Directory, cancellationToken).ConfigureAwait(false);
        if (!made.IsSaved)
        {
            StandardStreams.Tell($"gfs: {appliance.Directory} is booted each time: {made.Reason}");
        }
        else if (result.GetValue(Verbose))
        {
            StandardStreams.Tell($"gfs: LIBGUESTFS_HV={made.Hypervisor}");
        }
    }

    /// <summary>The full name of a directory that is replaced.</summary>
    internal static string OutputPath(string output)
    {
        string full = Path.TrimEndingDirectorySeparator(ProcessInput.FullPath(output));
        return (Directory.GetCurrentDirectory() + '/').StartsWith(full.TrimEnd('/') + '/', StringComparison.Ordinal)
            ? throw new UsageException($"{full} is replaced as a whole, and the current directory is in it. "
                + "Change to another directory, or choose another place for it.")
            : full;
    }

    /// <summary>Where the packages of repositories are kept in a cache.</summary>
    internal static string PackagesIn(string cacheDirectory) => Path.Combine(cacheDirectory, "packages");

    private static ApplianceCache OpenCache(string directory)
    {
        try
        {
            return new ApplianceCache(directory);
        }
        catch (ApplianceException exception)
        {
            throw new ApplianceException(
                exception.Problem,
                $"{exception.Message} Choose another directory with --cache, or build into one with --output.", exception);
        }
    }

    /// <summary>What is asked for.</summary>
    internal static ApplianceBuildOptions Options(ParseResult result)
    {
        KernelOptions kernel = ProcessInput.Kernel(
            result.GetValue(Arch) is { } processor ? processor == Architecture.Arm64 ? "aarch64" : "x86_64" : null);
        ApplianceBuildOptions defaults = new();
        return defaults with
        {
            Skeleton = [.. (result.GetValue(Skeleton) ?? []).Select(ProcessInput.FullPath)],
            Packages = result.GetValue(Debs) is { Length: > 0 } debs
                ? new ArchivePackageSource([.. debs.Select(ProcessInput.FullPath)],
                    [.. (result.GetValue(SkeletonDebs) ?? []).Select(ProcessInput.FullPath)])
                : new HostPackageSource(ProcessInput.FullPath(result.GetValue(Root)!)),
            Kernel = kernel with
            {
                ImagePath = result.GetValue(Kernel) ?? kernel.ImagePath,
                Version = result.GetValue(KernelVersion) ?? kernel.Version,
                ModulesDirectory = result.GetValue(Modules) ?? kernel.ModulesDirectory,
            },
            Profile = result.GetValue(Profile),
            RootSize = result.GetValue(Size),
            FreeSpace = result.GetValue(FreeSpace) ?? defaults.FreeSpace,
            RequireAllPackages = result.GetValue(Strict),
            LikeSupermin = result.GetValue(LikeSupermin),
            Slim = result.GetValue(Slim),
            Timestamp = ProcessInput.Timestamp(),
            LoggerFactory = new CommandLog("gfs", result.GetValue(Verbose) ? StandardStreams.Tell : null),
        };
    }
}

// gfs appliance build.
using System.CommandLine;

using Guestfs.Appliances;

namespace Guestfs.Cli;

/// <summary>Builds an appliance, into the cache or a directory.</summary>
internal static class ApplianceBuildCommand
{
    private static readonly Option<string?> Output = new("--output", "-o")
    {
        Description = "Directory for the appliance. Without it, the appliance goes into the cache, and its directory is printed.", HelpName = "directory",
    };

    private static readonly Option<string?> Cache = new("--cache") { Description = "The cache's directory.", HelpName = "directory" };

    private static readonly Option<string[]> Skeleton = new("--skeleton")
    {
        Description = "Files and directories of the supermin skeleton. Default: the one of the installed libguestfs.", HelpName = "path", AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<string> Root = new("--root")
    {
        Description = "The system whose packages are taken.", HelpName = "directory", DefaultValueFactory = _ => "/",
    };

    private static readonly Option<string[]> Debs = new("--deb")
    {
        Description = "Debian package archives to take in place of installed packages.", HelpName = "file", AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<string[]> SkeletonDebs = new("--skeleton-deb")
    {
        Description = "Package archives of libguestfs, of which only the skeleton is taken.", HelpName = "file", AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<string?> Kernel = new("--kernel") { Description = "The kernel's file (or SUPERMIN_KERNEL).", HelpName = "file" };

    private static readonly Option<string?> KernelVersion = new("--kernel-version") { Description = "Its version (or SUPERMIN_KERNEL_VERSION).", HelpName = "version" };

    private static readonly Option<string?> Modules = new("--modules") { Description = "The directory of its modules (or SUPERMIN_MODULES).", HelpName = "directory" };

    private static readonly Option<ApplianceProfile?> Profile = new("--profile")
    {
        Description = "How the appliance starts: stock, with libguestfs' own init script, or fast, with a native init and udev on demand. Default: fast for x86_64.",
        HelpName = "stock|fast",
    };

    private static readonly Option<string?> Size = new("--size") { Description = "Size of the root filesystem, such as 4G. Default: its files and --free-space.", HelpName = "size" };

    private static readonly Option<string?> FreeSpace = new("--free-space")
    {
        Description = "Free space of the root filesystem, for temporary files of the daemon and its programs. Default: 128M.", HelpName = "size",
    };

    private static readonly Option<bool> Strict = new("--require-all") { Description = "Fail when a package that the skeleton names is not installed." };

    private static readonly Option<bool> LikeSupermin = new("--like-supermin")
    {
        Description = "Choose packages exactly as supermin does, which knows neither alternatives nor virtual packages of Debian.",
    };

    private static readonly Option<bool> Verbose = new("--verbose", "-v") { Description = "Tell on standard error what is chosen and why." };

    internal static Command Create()
    {
        Command command = new("build", "Builds an appliance from installed packages or from package archives, without root rights.")
        {
            Output, Cache, Skeleton, Root, Debs, SkeletonDebs, Kernel, KernelVersion, Modules, Profile, Size, FreeSpace, Strict, LikeSupermin, Verbose,
        };
        RepositoryCommandOptions.AddTo(command);
        command.SetAction((result, cancellation) => Outcome.RunAsync(() => RunAsync(result, cancellation)));
        return command;
    }

    private static async Task RunAsync(ParseResult result, CancellationToken cancellation)
    {
        using ProgressBar bar = new();
        ApplianceBuildOptions options = Options(result);
        if (RepositoryCommandOptions.Read(result, options.Log) is { } repository)
        {
            using HttpClient http = new();
            options = options with
            {
                Packages = await new ApplianceRepository(repository, http).DownloadAsync(options.Skeleton, bar, cancellation).ConfigureAwait(false),
                RequireAllPackages = true,
            };
        }

        if (result.GetValue(Output) is { } directory)
        {
            using Appliance built = ApplianceBuilder.Build(options, directory, bar, cancellation);
            return;
        }

        ApplianceCache cache = new(result.GetValue(Cache) ?? ApplianceCache.DefaultDirectory);
        using Appliance cached = cache.GetOrBuild(options, bar, cancellation);
        bar.Dispose();
        Console.WriteLine(cached.Directory);
    }

    private static ApplianceBuildOptions Options(ParseResult result)
    {
        KernelOptions kernel = Edge.Kernel(cpu: null);
        ApplianceBuildOptions defaults = new();
        return defaults with
        {
            Skeleton = result.GetValue(Skeleton) ?? [],
            Packages = result.GetValue(Debs) is { Length: > 0 } debs
                ? new ArchivePackageSource(debs, result.GetValue(SkeletonDebs) ?? [])
                : new HostPackageSource(result.GetValue(Root)!, new CommandRunner()),
            Kernel = kernel with
            {
                ImagePath = result.GetValue(Kernel) ?? kernel.ImagePath,
                Version = result.GetValue(KernelVersion) ?? kernel.Version,
                ModulesDirectory = result.GetValue(Modules) ?? kernel.ModulesDirectory,
            },
            Profile = result.GetValue(Profile),
            RootSize = result.GetValue(Size) is { } size ? ByteSize.Parse(size) : null,
            FreeSpace = result.GetValue(FreeSpace) is { } free ? ByteSize.Parse(free) : defaults.FreeSpace,
            RequireAllPackages = result.GetValue(Strict),
            LikeSupermin = result.GetValue(LikeSupermin),
            Timestamp = Edge.Timestamp(),
            Log = result.GetValue(Verbose) ? Console.Error.WriteLine : null,
        };
    }
}

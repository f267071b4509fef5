using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

using Guestfs.Appliances;
using Guestfs.Appliances.Bundles;
using Guestfs.Cli.Output;
using Guestfs.Interop;

namespace Guestfs.Cli;

/// <summary>The commands below <c>gfs bundle</c>.</summary>
internal static class BundleCommands
{
    private const string NuGetForm = ".nupkg";
    private static readonly string[] FileForms = [".tar.zst", ".tar", NuGetForm];

    private static readonly Option<bool> Complete = new("--complete-appliance")
    {
        Description = "Put everything into the appliance that the distribution's has, also what no function of libguestfs makes use of.",
    };

    private static readonly Option<string?> PackageVersion = new("--package-version")
    {
        Description = "The version of the NuGet package. Default: that of libguestfs.", HelpName = "version",
    };

    internal static Command Create() => new(
        "bundle", "Builds and checks bundles: libguestfs, qemu and an appliance in one folder, to be used without installation.")
    {
        CreateBuild(),
        CreateShow(),
        CreateVerify(),
        CreatePack(),
        CreateImage(),
        CreateInstall(),
    };

    private static Command CreateBuild()
    {
        Option<string> output = new("--output", "-o")
        {
            Description = "The bundle's directory, or a file whose name ends with .tar.zst, .tar or .nupkg.", HelpName = "directory",
            Required = true,
        };
        Command command = new("build", "Builds a bundle from installed packages or from a repository, without root rights.")
        {
            output, Complete, PackageVersion,
        };
        foreach (Option option in ApplianceBuildCommand.OfInputs)
        {
            command.Options.Add(option);
        }

        RepositoryCommandOptions.AddTo(command);
        command.RefuseEmpty();
        command.Validators.Add(ApplianceBuildCommand.CheckTogether);
        command.Validators.Add(result => CheckVersion(result, output));
        command.SetAction((result, cancellationToken) => Task.Run(
            () => BuildAsync(result, ApplianceBuildCommand.OutputPath(result.GetValue(output)!), cancellationToken),
            CancellationToken.None));
        return command;
    }

    private static bool IsFile(string output) => Array.Exists(FileForms, form => output.EndsWith(form, StringComparison.Ordinal));

    private static void CheckVersion(CommandResult result, Option<string> output)
    {
        if (result.GetValue(PackageVersion) is { } version && !BundleNuGet.IsVersion(version))
        {
            result.AddError($"'{version}' is no version of a package, such as 1.2.3 or 1.2.3-beta.1.");
        }
        else if (result.IsGiven(PackageVersion) && result.GetValue(output)?.EndsWith(NuGetForm, StringComparison.Ordinal) == false
            && !Directory.Exists(result.GetValue(output)))
        {
            result.AddError($"{PackageVersion.Name} is for packages: it needs an output whose name ends with {NuGetForm}.");
        }
    }

    private static async Task<int> BuildAsync(ParseResult result, string output, CancellationToken cancellationToken)
    {
        using ProgressBar bar = new();
        BundleBuildOptions options = new()
        {
            Appliance = ApplianceBuildCommand.Options(result) with { Slim = !result.GetValue(Complete) },
        };
        if (RepositoryCommandOptions.AreGiven(result.CommandResult))
        {
            using HttpClient http = RepositoryCommandOptions.NewClient();
            ApplianceRepository repository = new(
                RepositoryCommandOptions.Read(
                    result, options.Appliance.Kernel.Cpu, ApplianceBuildCommand.PackagesIn(ApplianceCache.DefaultDirectory),
                    options.Appliance.LoggerFactory),
                http);
            options = new()
            {
                Appliance = options.Appliance with
                {
                    Packages = await repository.DownloadAsync(options.Appliance.Skeleton, bar, cancellationToken).ConfigureAwait(false),
                    RequireAllPackages = true,
                },
                Programs = await repository.DownloadForBundleAsync(bar, cancellationToken).ConfigureAwait(false),
            };
        }

        if (!IsFile(output))
        {
            BundleBuilder.Build(options, output, bar, cancellationToken);
            return 0;
        }

        // Beside the file, where there should be room for it.
        string aside = $"{output}.{Guid.NewGuid():N}";
        try
        {
            Bundle bundle = BundleBuilder.Build(options, aside, bar, cancellationToken);
            Pack(bundle, output, result.GetValue(PackageVersion), bar, cancellationToken);
            return 0;
        }
        finally
        {
            if (Directory.Exists(aside))
            {
                Directory.Delete(aside, recursive: true);
            }
        }
    }

    private static void Pack(Bundle bundle, string output, string? version, ProgressBar bar, CancellationToken cancellationToken)
    {
        if (Directory.Exists(output) || output.EndsWith(NuGetForm, StringComparison.Ordinal))
        {
            bundle.WriteNuGetPackage(output, version, bar, cancellationToken);
        }
        else
        {
            bundle.WriteArchive(output, bar, cancellationToken);
        }
    }

    private static Command CreatePack()
    {
        Argument<string> directory = DirectoryArgument();
        Option<string> output = new("--output", "-o")
        {
            Description = "The file: an archive whose name ends with .tar.zst or .tar, or a NuGet package, .nupkg. A directory is for the "
                + "package, under its usual name.",
            HelpName = "file", Required = true,
        };
        Command command = new("pack", "Makes one file of a bundle: a tar archive, or a NuGet package for programs that are to have it.")
        {
            directory, output, PackageVersion,
        };
        command.RefuseEmpty();
        command.Validators.Add(result => CheckVersion(result, output));
        command.Validators.Add(result =>
        {
            if (result.GetValue(output) is { } name && !IsFile(name) && !Directory.Exists(name))
            {
                result.AddError($"'{name}' is no directory, and does not end with {string.Join(", ", FileForms)}.");
            }
        });
        command.SetAction((result, cancellationToken) => Task.Run(
            () =>
            {
                using ProgressBar bar = new();
                Pack(
                    Bundle.Open(ProcessInput.FullPath(result.GetValue(directory)!)), ProcessInput.FullPath(result.GetValue(output)!),
                    result.GetValue(PackageVersion), bar, cancellationToken);
                return 0;
            },
            CancellationToken.None));
        return command;
    }

    private static Command CreateImage()
    {
        Argument<string> directory = DirectoryArgument();
        Option<string> output = new("--output", "-o")
        {
            Description = "The directory for the image, an OCI image layout: 'podman load', 'skopeo copy oci:DIRECTORY ...' read it.",
            HelpName = "directory", Required = true,
        };
        Option<string[]> programs = new("--program")
        {
            Description = "A program for the image, which starts the first. Default: this gfs.", HelpName = "file",
            AllowMultipleArgumentsPerToken = true,
        };
        Command command = new("oci", "Makes a container image of a bundle and programs, with nothing else in it.")
        {
            directory, output, programs,
        };
        command.RefuseEmpty();
        command.SetAction((result, cancellationToken) => Task.Run(
            () =>
            {
                using ProgressBar bar = new();
                Bundle.Open(ProcessInput.FullPath(result.GetValue(directory)!)).WriteImage(
                    ApplianceBuildCommand.OutputPath(result.GetValue(output)!),
                    result.GetValue(programs) is { Length: > 0 } given ? [.. given.Select(ProcessInput.FullPath)] : [ThisProgram()],
                    bar, cancellationToken);
                return 0;
            },
            CancellationToken.None));
        return command;
    }

    // Which dotnet(1) is not: the image has no .NET.
    private static string ThisProgram() =>
        Environment.ProcessPath is { } path && Path.GetFileName(path) != "dotnet" ? path : throw new UsageException(
            "This gfs is not one file, but run by dotnet, which the image would not have. Name a program with --program.");

    private static Command CreateInstall()
    {
        Argument<string> source = new("bundle") { Description = "An archive, .tar or .tar.zst, or a bundle's directory." };
        Option<string?> cache = new("--cache") { Description = "The cache's directory.", HelpName = "directory" };
        Option<bool> isDefault = new("--default")
        {
            Description = "Have programs of this user use it that name no other: by a link in the user's data directory.",
        };
        Command command = new(
            "install", "Puts a bundle into the cache, under its digest and beside others, and prints its directory: for GUESTFS_BUNDLE.")
        {
            source, cache, isDefault,
        };
        command.RefuseEmpty();
        command.SetAction((result, cancellationToken) => Task.Run(
            () =>
            {
                string directory = Path.Combine(
                    ProcessInput.FullPath(result.GetValue(cache) ?? ApplianceCache.DefaultDirectory), "bundles");
                using ProgressBar bar = new();
                Bundle bundle = Bundle.Install(ProcessInput.FullPath(result.GetValue(source)!), directory, bar, cancellationToken);
                bar.Dispose();
                if (result.GetValue(isDefault))
                {
                    LinkTo(bundle.Directory);
                }

                DirectoryAnswer.Write(result, bundle.Directory);
                return 0;
            },
            CancellationToken.None));
        return command;
    }

    // What the user has put there himself stays.
    private static void LinkTo(string bundle)
    {
        string link = GuestfsBundle.InUsersData()
            ?? throw new UsageException("There is no place for the link: neither XDG_DATA_HOME nor HOME names a directory.");
        if (new FileInfo(link) is { LinkTarget: null } && (Directory.Exists(link) || File.Exists(link)))
        {
            throw new UsageException($"{link} is there, and is no link. Remove it first.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        File.Delete(link);
        File.CreateSymbolicLink(link, bundle);
    }

    private static Command CreateShow()
    {
        Argument<string> directory = DirectoryArgument();
        Command command = new("show", "Tells what is in a bundle.") { directory };
        command.RefuseEmpty();
        command.SetAction((result, _) => Task.Run(
            () =>
            {
                Bundle bundle = Bundle.Open(ProcessInput.FullPath(result.GetValue(directory)!));
                using TextOutput output = new();
                if (result.IsJson())
                {
                    JsonOutput.CopyDocument(Path.Combine(bundle.Directory, BundleManifest.FileName), output.Stream);
                    return 0;
                }

                foreach (string line in Describe(bundle))
                {
                    output.WriteText(PrintableText.Line(line));
                }

                return 0;
            },
            CancellationToken.None));
        return command;
    }

    private static Command CreateVerify()
    {
        Argument<string> directory = DirectoryArgument();
        Command command = new("verify", "Compares every file of a bundle with the digests in its manifest.") { directory };
        command.RefuseEmpty();
        command.SetAction((result, cancellationToken) => Task.Run(
            () =>
            {
                using ProgressBar bar = new();
                Bundle.Open(ProcessInput.FullPath(result.GetValue(directory)!)).Verify(bar, cancellationToken);
                return 0;
            },
            CancellationToken.None));
        return command;
    }

    private static Argument<string> DirectoryArgument() => new("directory") { Description = "The bundle's directory." };

    private static IEnumerable<string> Describe(Bundle bundle)
    {
        BundleManifest manifest = bundle.Manifest;
        yield return $"libguestfs: {manifest.Libguestfs}";
        yield return $"qemu: {manifest.Qemu}";
        yield return $"kernel: {manifest.Kernel}";
        yield return $"processor: {manifest.Architecture}";
        yield return $"glibc of the host: {manifest.Glibc} or later";
        yield return string.Create(CultureInfo.InvariantCulture, $"files: {manifest.Files.Count}, {Megabytes(bundle)} MB on the disk");
        yield return string.Create(CultureInfo.InvariantCulture, $"packages: {manifest.Packages.Count}");
        foreach (ManifestPackage package in manifest.Packages)
        {
            yield return $"  {package.Name} {package.Version} {package.Architecture}";
        }
    }

    // Without the holes of the appliance's root.
    private static string Megabytes(Bundle bundle) =>
        (bundle.SizeOnDisk / 1e6).ToString("F0", CultureInfo.InvariantCulture);
}

using System.CommandLine;
using System.Globalization;

using Guestfs.Appliances;

namespace Guestfs.Cli;

/// <summary>The commands below <c>gfs bundle</c>.</summary>
internal static class BundleCommands
{
    internal static Command Create() => new(
        "bundle", "Builds and checks bundles: libguestfs, qemu and an appliance in one folder, to be used without installation.")
    {
        CreateBuild(),
        CreateShow(),
        CreateVerify(),
    };

    private static Command CreateBuild()
    {
        Option<string> output = new("--output", "-o") { Description = "The bundle's directory.", HelpName = "directory", Required = true };
        Command command = new("build", "Builds a bundle from installed packages or from a repository, without root rights.") { output };
        foreach (Option option in ApplianceBuildCommand.OfInputs)
        {
            command.Options.Add(option);
        }

        RepositoryCommandOptions.AddTo(command);
        command.RefuseEmpty();
        command.Validators.Add(ApplianceBuildCommand.CheckTogether);
        command.SetAction((result, cancellationToken) => Task.Run(
            () => BuildAsync(result, ApplianceBuildCommand.OutputPath(result.GetValue(output)!), cancellationToken),
            CancellationToken.None));
        return command;
    }

    private static async Task<int> BuildAsync(ParseResult result, string directory, CancellationToken cancellationToken)
    {
        using ProgressBar bar = new();
        BundleBuildOptions options = new() { Appliance = ApplianceBuildCommand.Options(result) };
        if (RepositoryCommandOptions.AreGiven(result.CommandResult))
        {
            using HttpClient http = new();
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

        BundleBuilder.Build(options, directory, bar, cancellationToken);
        return 0;
    }

    private static Command CreateShow()
    {
        Argument<string> directory = Directory();
        Command command = new("show", "Tells what is in a bundle.") { directory };
        command.RefuseEmpty();
        command.SetAction((result, _) => Task.Run(
            () =>
            {
                foreach (string line in Describe(Bundle.Open(ProcessInput.FullPath(result.GetValue(directory)!))))
                {
                    Console.WriteLine(line);
                }

                return 0;
            },
            CancellationToken.None));
        return command;
    }

    private static Command CreateVerify()
    {
        Argument<string> directory = Directory();
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

    private static Argument<string> Directory() => new("directory") { Description = "The bundle's directory." };

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

using System.CommandLine;

using Guestfs.Appliances;
using Guestfs.Appliances.Bundles;
using Guestfs.Cli.Commands.Appliances;
using Guestfs.Cli.Output;

namespace Guestfs.Cli.Commands.Bundles;

/// <summary>Builds a bundle, into a directory or a file.</summary>
internal static class BundleBuildCommand
{
    private static readonly Flag Complete = new("--complete-appliance")
    {
        Description = "Put everything into the appliance that the distribution's has, also what no function of libguestfs makes use of.",
    };

    internal static Command Create()
    {
        Option<string> output = new("--output", "-o")
        {
            Description = "The bundle's directory, or a file whose name ends with .tar.zst, .tar or .nupkg.", HelpName = "directory",
            Required = true,
        };
        Command command = new("build", "Builds a bundle from installed packages or from a repository, without root rights.")
        {
            output, Complete, BundleFile.Version,
        };
        foreach (Option option in ApplianceBuildCommand.OfInputs)
        {
            command.Options.Add(option);
        }

        RepositoryCommandOptions.AddTo(command);
        command.RefuseEmpty();
        command.Validators.Add(ApplianceBuildCommand.CheckTogether);
        command.Validators.Add(result => BundleFile.CheckVersion(result, output));
        command.SetAction((result, cancellationToken) => Task.Run(
            () => BuildAsync(result, ApplianceBuildCommand.OutputPath(result.GetValue(output)!), cancellationToken),
            CancellationToken.None));
        return command;
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

        if (!BundleFile.IsNamedBy(output))
        {
            BundleBuilder.Build(options, output, bar, cancellationToken);
            return 0;
        }

        // Beside the file, where there should be room for it.
        string aside = $"{output}.{Guid.NewGuid():N}";
        try
        {
            Bundle bundle = BundleBuilder.Build(options, aside, bar, cancellationToken);
            BundleFile.Write(bundle, output, result.GetValue(BundleFile.Version), bar, cancellationToken);
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
}

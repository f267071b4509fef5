using System.CommandLine;

using Guestfs.Appliances;
using Guestfs.Cli.Commands.Appliances;
using Guestfs.Cli.Output;

namespace Guestfs.Cli.Commands.Bundles;

/// <summary>Makes a container image of a bundle and programs.</summary>
internal static class BundleOciCommand
{
    internal static Command Create()
    {
        Argument<string> directory = BundleArgument.Directory();
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
}

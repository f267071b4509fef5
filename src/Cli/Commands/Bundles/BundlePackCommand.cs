using System.CommandLine;

using Guestfs.Appliances;
using Guestfs.Cli.Output;

namespace Guestfs.Cli.Commands.Bundles;

/// <summary>Makes one file of a bundle.</summary>
internal static class BundlePackCommand
{
    internal static Command Create()
    {
        Argument<string> directory = BundleArgument.Directory();
        Option<string> output = new("--output", "-o")
        {
            Description = "The file: an archive whose name ends with .tar.zst or .tar, or a NuGet package, .nupkg. A directory is for the "
                + "package, under its usual name.",
            HelpName = "file", Required = true,
        };
        Command command = new("pack", "Makes one file of a bundle: a tar archive, or a NuGet package for programs that are to have it.")
        {
            directory, output, BundleFile.Version,
        };
        command.RefuseEmpty();
        command.Validators.Add(result => BundleFile.CheckVersion(result, output));
        command.Validators.Add(result =>
        {
            if (result.GetValue(output) is { } name && !BundleFile.IsNamedBy(name) && !Directory.Exists(name))
            {
                result.AddError($"'{name}' is no directory, and does not end with {string.Join(", ", BundleFile.Forms)}.");
            }
        });
        command.SetAction((result, cancellationToken) => Task.Run(
            () =>
            {
                using ProgressBar bar = new();
                BundleFile.Write(
                    Bundle.Open(ProcessInput.FullPath(result.GetValue(directory)!)), ProcessInput.FullPath(result.GetValue(output)!),
                    result.GetValue(BundleFile.Version), bar, cancellationToken);
                return 0;
            },
            CancellationToken.None));
        return command;
    }
}

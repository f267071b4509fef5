using System.CommandLine;
using System.Globalization;
using System.Text.Json;

using Guestfs.Appliances;
using Guestfs.Cli.Output;

namespace Guestfs.Cli.Commands.Appliances;

/// <summary>Tells what is in an appliance.</summary>
internal static class ApplianceShowCommand
{
    internal static Command Create()
    {
        Argument<string?> directory = ApplianceArgument.Optional();
        Command command = new("show", "Tells what an appliance is made of: its kernel, files and packages.") { directory };
        command.RefuseEmpty();
        command.SetAction((result, cancellationToken) => Task.Run(() => Run(result, directory, cancellationToken), CancellationToken.None));
        return command;
    }

    private static int Run(ParseResult result, Argument<string?> directory, CancellationToken cancellationToken)
    {
        using Appliance appliance = ApplianceArgument.Open(result.GetValue(directory), cancellationToken);
        ApplianceManifest manifest = ApplianceArgument.ManifestOf(appliance);
        using TextOutput output = new();
        if (result.IsJson())
        {
            JsonOutput.CopyDocument(Path.Combine(appliance.Directory, ApplianceManifest.FileName), output.Stream);
            return ExitCode.Done;
        }

        output.WriteFields("directory", appliance.Directory);
        output.WriteFields("profile", manifest.Profile.ToString().ToLowerInvariant());
        output.WriteFields("processor", manifest.Architecture);
        output.WriteFields("kernel", manifest.KernelVersion);
        output.WriteFields("builder", manifest.Builder);
        output.WriteFields("root-uuid", manifest.RootUuid.ToString());
        output.WriteFields("timestamp", DateTimeOffset.FromUnixTimeSeconds(manifest.Timestamp).UtcDateTime
            .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        foreach (ManifestFile file in manifest.Outputs)
        {
            output.WriteFields(
                "file", file.Name, TextOutput.IsTerminal ? HumanSize.Of(file.Size) : file.Size.ToString(CultureInfo.InvariantCulture));
        }

        foreach (ManifestPackage package in manifest.Packages)
        {
            output.WriteFields("package", package.Name, package.Version, package.Architecture);
        }

        return ExitCode.Done;
    }
}

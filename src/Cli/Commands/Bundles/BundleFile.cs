using System.CommandLine;
using System.CommandLine.Parsing;

using Guestfs.Appliances;
using Guestfs.Appliances.Bundles;
using Guestfs.Cli.Output;

namespace Guestfs.Cli.Commands.Bundles;

/// <summary>A bundle that is one file: which names it may have, and how it is written.</summary>
internal static class BundleFile
{
    private const string NuGetForm = ".nupkg";

    /// <summary>How its name ends.</summary>
    internal static readonly string[] Forms = [".tar.zst", ".tar", NuGetForm];

    internal static readonly Option<string?> Version = new("--package-version")
    {
        Description = "The version of the NuGet package. Default: that of libguestfs.", HelpName = "version",
    };

    /// <summary>Whether a name is that of a file, and no directory's.</summary>
    internal static bool IsNamedBy(string output) => Array.Exists(Forms, form => output.EndsWith(form, StringComparison.Ordinal));

    /// <summary>Refuses a version that is none, or is for no package.</summary>
    internal static void CheckVersion(CommandResult result, Option<string> output)
    {
        if (result.GetValue(Version) is { } version && !BundleNuGet.IsVersion(version))
        {
            result.AddError($"'{version}' is no version of a package, such as 1.2.3 or 1.2.3-beta.1.");
        }
        else if (result.IsGiven(Version) && result.GetValue(output)?.EndsWith(NuGetForm, StringComparison.Ordinal) == false
            && !Directory.Exists(result.GetValue(output)))
        {
            result.AddError($"{Version.Name} is for packages: it needs an output whose name ends with {NuGetForm}.");
        }
    }

    /// <summary>Writes it. Where the output is a directory, a package goes into it, under its usual name.</summary>
    internal static void Write(Bundle bundle, string output, string? version, ProgressBar bar, CancellationToken cancellationToken)
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
}

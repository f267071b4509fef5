using System.CommandLine;

using Guestfs.Appliances;
using Guestfs.Interop;

namespace Guestfs.Cli.Commands.Appliances;

/// <summary>The appliance that a command is about: a directory, or the one that launches use.</summary>
internal static class ApplianceArgument
{
    internal static Argument<string?> Optional() => new("directory")
    {
        Description =
            "The appliance's directory. Default: the one that launches use, of the bundle or in the cache, which is built if need be.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    internal static Appliance Open(string? directory, CancellationToken cancellationToken)
    {
        if (directory is not null)
        {
            return Appliance.Open(ProcessInput.FullPath(directory));
        }

        GuestfsLibrary.Load();
        if (GuestfsLibrary.Bundle is { } bundle)
        {
            return Appliance.Open(Path.Combine(bundle, GuestfsBundle.Appliance));
        }

        using ProgressBar bar = new();
        return new ApplianceCache(ApplianceCache.DefaultDirectory).GetOrBuild(new ApplianceBuildOptions(), bar, cancellationToken);
    }

    internal static ApplianceManifest ManifestOf(Appliance appliance) => appliance.Manifest ?? throw new ApplianceException(
        ApplianceProblem.InvalidInput,
        $"{appliance.Directory} has no {ApplianceManifest.FileName}: another program built it.");
}

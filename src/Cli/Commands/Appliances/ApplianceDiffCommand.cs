using System.CommandLine;

using Guestfs.Appliances;
using Guestfs.Cli.Output;

namespace Guestfs.Cli.Commands.Appliances;

/// <summary>Tells what is different in two appliances, by their manifests.</summary>
internal static class ApplianceDiffCommand
{
    internal static Command Create()
    {
        Argument<string> first = new("first") { Description = "The directory of an appliance." },
            second = new("second") { Description = "The directory of another." };
        Command command = new("diff", "Tells what is different in two appliances: kernel, packages and files, by their manifests.")
        {
            first, second,
        };
        command.RefuseEmpty();
        command.SetAction((result, cancellationToken) => Task.Run(
            () => Run(result, result.GetValue(first)!, result.GetValue(second)!, cancellationToken), CancellationToken.None));
        return command;
    }

    private static int Run(ParseResult result, string first, string second, CancellationToken cancellationToken)
    {
        using Appliance one = ApplianceArgument.Open(first, cancellationToken), other = ApplianceArgument.Open(second, cancellationToken);
        Dictionary<(string Kind, string Name), string> old = Facts(ApplianceArgument.ManifestOf(one)),
            later = Facts(ApplianceArgument.ManifestOf(other));
        using TextOutput output = new();
        Table table = new(
            output, JsonRecords.Of(result, output, "differences"), isHuman: false,
            new("Kind", "kind"), new("Name", "name"), new("First", "first"), new("Second", "second"));
        bool isDifferent = false;
        foreach ((string Kind, string Name) fact in old.Keys.Union(later.Keys).Order())
        {
            (string? before, string? after) = (old.GetValueOrDefault(fact), later.GetValueOrDefault(fact));
            if (before != after)
            {
                table.Add(fact.Kind, fact.Name, before, after);
                isDifferent = true;
            }
        }

        table.End();
        return isDifferent ? ExitCode.Different : ExitCode.Done;
    }

    // Packages may be there in several versions, or for several processors.
    private static Dictionary<(string Kind, string Name), string> Facts(ApplianceManifest manifest)
    {
        Dictionary<(string, string), string> facts = new()
        {
            [("appliance", "profile")] = manifest.Profile.ToString().ToLowerInvariant(),
            [("appliance", "processor")] = manifest.Architecture,
            [("appliance", "kernel")] = manifest.KernelVersion,
            [("appliance", "builder")] = manifest.Builder,
        };
        foreach (IGrouping<string, ManifestPackage> packages in manifest.Packages.GroupBy(package => package.Name))
        {
            facts[("package", packages.Key)] = string.Join(' ', packages.Select(p => $"{p.Version} {p.Architecture}").Order());
        }

        foreach (ManifestFile file in manifest.Outputs)
        {
            facts[("file", file.Name)] = file.Sha256 ?? file.DataSha256 ?? "";
        }

        return facts;
    }
}

using System.CommandLine;
using System.Globalization;

using Guestfs.Appliances;
using Guestfs.Cli.Output;

namespace Guestfs.Cli.Commands.Appliances;

/// <summary>Lists the appliances of the cache.</summary>
internal static class ApplianceListCommand
{
    private static readonly Option<string?> Cache = new("--cache")
    {
        HelpName = "directory", Description = "The cache's directory. Default: that of this user.",
    };

    internal static Command Create()
    {
        Command command = new("list", "Lists the appliances of the cache, those used last first.") { Cache };
        command.RefuseEmpty();
        command.SetAction((result, _) => Task.Run(() => Run(result), CancellationToken.None));
        return command;
    }

    private static int Run(ParseResult result)
    {
        string directory = result.GetValue(Cache) is { } named ? ProcessInput.FullPath(named) : ApplianceCache.DefaultDirectory;
        using TextOutput output = new();
        Table table = new(
            output, JsonRecords.Of(result, output, "appliances"), isHuman: false,
            new("Directory", "directory"), new("Profile", "profile"), new("Kernel", "kernel"), new("Processor", "processor"),
            new("Size", "size", ColumnKind.Size), new("Last used", "lastUsed"), new("Saved", "saved"));
        if (Directory.Exists(directory))
        {
            foreach (CachedAppliance appliance in new ApplianceCache(directory).List())
            {
                table.Add(
                    appliance.Directory, appliance.Manifest.Profile.ToString().ToLowerInvariant(), appliance.Manifest.KernelVersion,
                    appliance.Manifest.Architecture, appliance.Manifest.Outputs.Sum(file => file.Size),
                    appliance.LastUsed.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                    appliance.HasState ? "yes" : "no");
            }
        }

        table.End();
        return ExitCode.Done;
    }
}

using System.CommandLine;
using System.Globalization;

using Guestfs.Appliances;
using Guestfs.Cli.Output;

namespace Guestfs.Cli.Commands.Appliances;

/// <summary>Removes from the cache what nothing uses.</summary>
internal static class ApplianceCleanCommand
{
    private const int MaxDays = 36500;

    internal static Command Create()
    {
        Option<int?> days = CommandLine.Option<int>(
            "--unused-for",
            "days",
            "Keep what was used in the last so many days. Default: 0.",
            $"a number of days, 0 to {MaxDays}",
            text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count <= MaxDays ? count : null);
        Option<string> cache = new("--cache")
        {
            Description = "The cache's directory. Default: that of this user.",
            DefaultValueFactory = _ => ApplianceCache.DefaultDirectory,
        };
        Command command = new("clean", "Removes cached appliances and downloaded packages that nothing uses now.")
        {
            days, cache, GuestCommand.DryRun,
        };
        command.RefuseEmpty();
        command.SetAction((result, _) => Task.Run(
            () => Clean(result, ProcessInput.FullPath(result.GetValue(cache)!), TimeSpan.FromDays(result.GetValue(days) ?? 0)),
            CancellationToken.None));
        return command;
    }

    private static int Clean(ParseResult result, string directory, TimeSpan unusedFor)
    {
        using TextOutput output = new();
        Deeds? deeds = Deeds.OfDryRun(output, result, "path");
        HashSet<string> told = new(StringComparer.Ordinal);
        Action<string>? foretell = deeds is null ? null : path =>
        {
            // A saved machine goes with its appliance, and by its age.
            if (told.Add(path))
            {
                deeds.Tell(path);
            }
        };
        if (Path.Exists(directory))
        {
            new ApplianceCache(directory).Collect(unusedFor, foretell);
            ApplianceRepository.Collect(ApplianceBuildCommand.PackagesIn(directory), unusedFor, clock: null, foretell);
        }

        deeds?.End();
        return 0;
    }
}

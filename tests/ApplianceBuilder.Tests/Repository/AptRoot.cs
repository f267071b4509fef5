// apt-get in a root of its own, as the judge of what is chosen.
using Guestfs.TestSupport;

namespace Guestfs.Appliances.Tests;

/// <summary>An isolated apt.</summary>
internal static class AptRoot
{
    /// <summary>The packages that apt-get would install from some sources into an empty system, sorted; none when it refuses.</summary>
    public static IReadOnlyList<string> Simulate(string sources, IReadOnlyList<string> packages)
    {
        Command.Require("apt-get");
        using TempDirectory root = new();
        Command.Run("sh", "-ec", $"cd '{root.Path}'; mkdir -p state/lists/partial cache/archives/partial etc; : > status");
        File.WriteAllText(root.File("sources.list"), sources + "\n");
        File.WriteAllText(root.File("apt.conf"), $"""
            Dir::State "{root.Path}/state";
            Dir::State::status "{root.Path}/status";
            Dir::Cache "{root.Path}/cache";
            Dir::Etc::SourceList "{root.Path}/sources.list";
            Dir::Etc::SourceParts "/dev/null";
            Dir::Etc::Preferences "/dev/null";
            Dir::Etc::PreferencesParts "/dev/null";
            #clear APT::Update::Pre-Invoke;
            #clear APT::Update::Post-Invoke;
            #clear APT::Update::Post-Invoke-Success;
            APT::Architecture "amd64";
            APT::Sandbox::User "root";
            APT::Install-Recommends "false";
            Acquire::Languages "none";

            """);
        CommandResult update = Command.TryRun("apt-get", ["-c", root.File("apt.conf"), "-q", "-o", "APT::Update::Error-Mode=any", "update"]);
        if (update.ExitCode != 0)
        {
            Command.Missing($"apt-get cannot read the repository:\n{update.Error}");
        }

        CommandResult result = Command.TryRun("apt-get", ["-c", root.File("apt.conf"), "-qq", "-s", "install", .. packages]);
        return [.. result.Output.Split('\n').Where(line => line.StartsWith("Inst ", StringComparison.Ordinal)).Select(line => line.Split(' ')[1]).Order(StringComparer.Ordinal)];
    }
}

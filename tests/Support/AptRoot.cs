// apt-get in a root of its own, as the judge of what is chosen.

namespace Guestfs.TestSupport;

/// <summary>An isolated apt.</summary>
internal static class AptRoot
{
    /// <summary>The packages that apt-get would install from some sources into an empty system, sorted; none when it refuses.</summary>
    public static IReadOnlyList<string> Simulate(string sources, IReadOnlyList<string> packages)
    {
        Command.Require("apt-get");
        using TempDirectory root = new();
        string configuration = IsolatedApt.Configure(
            root.Path, sources, "APT::Architecture \"amd64\";", "APT::Install-Recommends \"false\";");
        CommandResult update = Command.TryRun("apt-get", ["-c", configuration, "-q", "update"]);
        if (update.ExitCode != 0)
        {
            Command.Missing($"apt-get cannot read the repository:\n{update.Error}");
        }

        CommandResult result = Command.TryRun("apt-get", ["-c", configuration, "-qq", "-s", "install", .. packages]);
        return [.. result.Output.Split('\n')
            .Where(line => line.StartsWith("Inst ", StringComparison.Ordinal))
            .Select(line => line.Split(' ')[1])
            .Order(StringComparer.Ordinal)];
    }
}

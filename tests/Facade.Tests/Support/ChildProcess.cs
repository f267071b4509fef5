// Runs the child program of these tests.
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Tests.Support;

/// <summary>Guestfs.Tests.Child, which is beside this assembly.</summary>
internal static class ChildProcess
{
    private static readonly string Assembly = Path.Combine(AppContext.BaseDirectory, "Guestfs.Tests.Child.dll");

    /// <summary>The command that runs a scenario.</summary>
    internal static string[] CommandLine(params string[] scenario) => [Command.Find("dotnet")!, Assembly, .. scenario];

    /// <summary>Runs a scenario that must come to its end.</summary>
    internal static CommandResult Run(string[] scenario, IReadOnlyDictionary<string, string?>? environment = null)
    {
        CommandResult result = Command.TryRun("dotnet", [Assembly, .. scenario], environment);
        Assert.True(result.ExitCode == 0, $"{string.Join(' ', scenario)} exited {result.ExitCode}:\n{result.Error}\n{result.Output}");
        return result;
    }

    /// <summary>Runs a scenario without root's right to read every file;
    /// as another user it need not be able to reach the checkout.</summary>
    internal static CommandResult RunWithoutOverride(params string[] scenario)
    {
        Command.Require("dotnet");
        CommandResult result = Command.TryRun(
            "setpriv", ["--bounding-set=-dac_override,-dac_read_search", Command.Find("dotnet")!, Assembly, .. scenario]);
        Assert.True(result.ExitCode == 0, result.Error);
        return result;
    }
}

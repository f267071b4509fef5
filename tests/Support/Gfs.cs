// Runs the tool as users do: as a program of its own, for some tests as another user or under a judge's eyes.

using Xunit;

namespace Guestfs.TestSupport;

/// <summary>The program <c>gfs</c>.</summary>
public static class Gfs
{
    private static readonly string Output = Path.GetDirectoryName(typeof(Gfs).Assembly.Location)!;

    /// <summary>Its folder: src/Cli/bin/CONFIGURATION/FRAMEWORK, as this assembly's own.</summary>
    public static string Folder { get; } = Repository.File(
        "src", "Cli", "bin", Path.GetFileName(Path.GetDirectoryName(Output)!), Path.GetFileName(Output));

    /// <summary>The command line that starts it.</summary>
    public static IReadOnlyList<string> CommandLine { get; } =
    [
        Environment.ProcessPath is { } path && Path.GetFileName(path) == "dotnet" ? path : "dotnet",
        Path.Combine(Folder, "gfs.dll"),
    ];

    /// <summary>Runs it; the exit code is for the caller to judge.</summary>
    public static CommandResult TryRun(
        IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null, string? directory = null) =>
        Command.TryRun(CommandLine[0], CommandLine.Skip(1).Concat(arguments), environment, directory);

    /// <summary>Runs it under another program, such as strace.</summary>
    public static CommandResult TryRunUnder(IReadOnlyList<string> program, params string[] arguments)
    {
        ArgumentNullException.ThrowIfNull(program);
        return Command.TryRun(program[0], [.. program.Skip(1), .. CommandLine, .. arguments]);
    }

    /// <summary>Runs it; it must succeed.</summary>
    public static CommandResult Run(params string[] arguments)
    {
        CommandResult result = TryRun(arguments);
        Assert.True(result.ExitCode == 0, $"gfs {string.Join(' ', arguments)} exited {result.ExitCode}:\n{result.Error}\n{result.Output}");
        return result;
    }

    /// <summary>Whether an appliance's digests are right: the tool's own check, with e2fsck for the filesystem.</summary>
    public static void Verify(string appliance)
    {
        Run("appliance", "verify", appliance);
        Command.Run("e2fsck", "-fn", Path.Combine(appliance, "root"));
    }
}

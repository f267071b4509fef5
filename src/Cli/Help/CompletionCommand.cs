using System.CommandLine;

namespace Guestfs.Cli.Help;

/// <summary>Prints what completes command lines in a shell.</summary>
internal static class CompletionCommand
{
    internal static Command Create(RootCommand root)
    {
        Argument<string> shell = CommandLine.ChoiceArgument("shell", "The shell.", "bash", "zsh", "fish");
        Command command = new("completion", "Prints what completes command lines in bash, zsh or fish.") { shell };
        command.SetAction(result =>
        {
            result.InvocationConfiguration.Output.Write(result.GetValue(shell) switch
            {
                "fish" => Completions.Fish(root),
                "zsh" => Completions.Zsh(root),
                _ => Completions.Bash(root),
            });
            return ExitCode.Done;
        });
        return command;
    }
}

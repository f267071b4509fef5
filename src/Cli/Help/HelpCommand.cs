using System.CommandLine;

using Guestfs.Cli.Output;

namespace Guestfs.Cli.Help;

/// <summary>Shows the page of a command, or finds the command for a job.</summary>
internal static class HelpCommand
{
    internal static Command Create(RootCommand root)
    {
        Argument<string[]> words = new("words")
        {
            HelpName = "command or word...",
            Description = "A command, or words for a job, such as 'list files' or 'virt-df'.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<string?> manual = new("--manual") { HelpName = "directory", Description = "Write the manual's pages there, for man(1)." };
        Command command = new("help", "Shows the page of a command, or finds the command for a job.") { words, manual };
        command.RefuseEmpty();
        command.SetAction(result => result.GetValue(manual) is { } directory
            ? WriteManual(root, ProcessInput.FullPath(directory))
            : Show(root, result.GetValue(words) ?? [], result.InvocationConfiguration.Output));
        return command;
    }

    private static int WriteManual(RootCommand root, string directory)
    {
        Directory.CreateDirectory(directory);
        foreach (Command command in HelpPage.Tree(root).Where(command => !command.Hidden))
        {
            HelpPage page = HelpPage.Of(command);
            File.WriteAllText(Path.Combine(directory, $"{ManualPage.NameOf(page)}.1"), ManualPage.Write(page));
        }

        return ExitCode.Done;
    }

    private static int Show(RootCommand root, string[] words, TextWriter output)
    {
        Command? named = root;
        foreach (string word in words)
        {
            named = named?.Subcommands.FirstOrDefault(below => below.Name == word);
        }

        if (named is not null)
        {
            TextHelp.Write(output, HelpPage.Of(named));
            return ExitCode.Done;
        }

        string[] wanted = [.. words.SelectMany(word => word.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        (HelpPage Page, int Weight)[] found =
        [
            .. HelpPage.Tree(root).Where(command => command != root && !command.Hidden).Select(HelpPage.Of)
                .Select(page => (Page: page, Weight: wanted.Sum(word => WeightOf(page, word))))
                .Where(match => match.Weight > 0).OrderByDescending(match => match.Weight),
        ];
        if (found.Length == 0)
        {
            Messages.Error($"There is no command for '{string.Join(' ', words)}'. All commands: gfs --help.", ExitCode.Different);
            return ExitCode.Different;
        }

        int width = found.Max(match => match.Page.Name.Length);
        foreach ((HelpPage page, _) in found.TakeWhile(match => match.Weight * 2 >= found[0].Weight))
        {
            string[] lines = [.. Terminal.Wrap(page.Summary, Terminal.Width - width - 2)];
            for (int i = 0; i < lines.Length; i++)
            {
                output.WriteLine($"{(i == 0 ? page.Name : "").PadRight(width)}  {lines[i]}");
            }
        }

        return ExitCode.Done;
    }

    // A program's name says most, a word for the job more than one that only stands somewhere.
    private static int WeightOf(HelpPage page, string word) =>
        page.Guide.Words.Contains(word, StringComparer.OrdinalIgnoreCase) ? 4
        : page.Name.EndsWith($" {word}", StringComparison.OrdinalIgnoreCase) ? 4
        : page.Guide.Words.Any(known => known.StartsWith(word, StringComparison.OrdinalIgnoreCase)) ? 2
        : page.Summary.Contains(word, StringComparison.OrdinalIgnoreCase) ? 1
        : 0;
}

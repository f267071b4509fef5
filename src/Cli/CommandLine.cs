// What the commands have in common: how options are read, and how mistakes in the command line are told.
using System.CommandLine;
using System.CommandLine.Parsing;

using Guestfs.Cli.Output;

namespace Guestfs.Cli;

/// <summary>Reads the command line.</summary>
internal static class CommandLine
{
    /// <summary>Options and arguments whose values go to the guest, and may be any bytes.</summary>
    internal static HashSet<Symbol> TakesAnyBytes { get; } = [];

    // A word that begins with '@' is a pattern or a name like any other, and no file with further words.
    private static readonly ParserConfiguration Parser = new() { ResponseFileTokenReplacer = null };

    /// <summary>Reads a command line.</summary>
    internal static ParseResult Parse(RootCommand root, IReadOnlyList<string> words) => root.Parse(words, Parser);

    /// <summary>Carries out a command, or says in a line what is wrong with it.</summary>
    internal static async Task<int> RunAsync(RootCommand root, IReadOnlyList<string> words)
    {
        ParseResult result = Parse(root, words);
        Check(result, words);
        Messages.AreErrorsOnly = result.GetValue(OutputOptions.Quiet);
        ProgressBar.IsWanted = !Messages.AreErrorsOnly && !result.GetValue(OutputOptions.NoProgress);
        using Interruption interruption = new();
        return await result.InvokeAsync(
            new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null },
            interruption.Token).ConfigureAwait(false);
    }

    /// <summary>Says in a line what is wrong with a command line.</summary>
    /// <exception cref="UsageException">Something is.</exception>
    internal static void Check(ParseResult result, IReadOnlyList<string> words)
    {
        // First: what takes a misspelt option for its argument finds that something else is too much.
        RefuseMissingValues(result, words);
        RefuseUnknownOptions(result, words);
        if (result.Errors.Count == 0)
        {
            RefuseOtherBytes(result);
            RefuseTwoForms(result);
            return;
        }

        string command = FullName(result.CommandResult);
        Command[] commands = [.. result.CommandResult.Command.Subcommands];
        string fault = result.UnmatchedTokens is [string unknown, ..] ? Misplaced(result, unknown, command)
            : commands.Length > 0 ? $"'{command}' needs one of its commands: {string.Join(", ", commands.Select(below => below.Name))}."
            : result.Errors[0].Message;
        throw new UsageException($"{fault} See '{command} --help'.");
    }

    /// <summary>Refuses empty words, which nothing here can be called: a script's unset variable becomes one.</summary>
    /// <param name="command">The command.</param>
    /// <param name="words">How many of an argument's words are looked at; null for all.</param>
    internal static void RefuseEmpty(this Command command, int? words = null)
    {
        foreach (Option option in command.Options)
        {
            option.Validators.Add(result => Refuse(result, option.Name));
        }

        foreach (Argument argument in command.Arguments)
        {
            argument.Validators.Add(result => Refuse(result, $"<{argument.HelpName ?? argument.Name}>", words ?? int.MaxValue));
        }
    }

    /// <summary>An option with one value.</summary>
    /// <typeparam name="T">What the value means.</typeparam>
    /// <param name="name">The option's name.</param>
    /// <param name="helpName">What the help calls the value.</param>
    /// <param name="description">What the help says.</param>
    /// <param name="wanted">What the value should be, for the message.</param>
    /// <param name="read">Reads it; null where it is none.</param>
    internal static Option<T?> Option<T>(string name, string helpName, string description, string wanted, Func<string, T?> read)
        where T : struct => new(name)
        {
            HelpName = helpName,
            Description = description,
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                T? value = read(text);
                if (value is null)
                {
                    result.AddError($"'{text}' is not {wanted}.");
                }

                return value;
            },
        };

    /// <summary>The name of a command with those above it.</summary>
    internal static string FullName(CommandResult result)
    {
        string name = result.Command.Name;
        for (SymbolResult? parent = result.Parent; parent is CommandResult above; parent = parent.Parent)
        {
            name = $"{above.Command.Name} {name}";
        }

        return name;
    }

    /// <summary>An option whose value is one of some words.</summary>
    internal static Option<string?> Choice(string name, string description, params string[] words)
    {
        Option<string?> option = new(name) { HelpName = string.Join('|', words), Description = description };
        option.Validators.Add(result => RefuseOthers(result, words));
        return option;
    }

    /// <summary>An argument that is one of some words.</summary>
    internal static Argument<string> ChoiceArgument(string name, string description, params string[] words)
    {
        Argument<string> argument = new(name) { HelpName = string.Join('|', words), Description = description };
        argument.Validators.Add(result => RefuseOthers(result, words));
        return argument;
    }

    /// <summary>Whether an option stands on the command line.</summary>
    internal static bool IsGiven(this CommandResult result, Option option) => result.GetResult(option) is { Implicit: false };

    // Of '--root=$ROOT' with a variable that is not set, System.CommandLine makes an option whose value is the next word.
    private static void RefuseMissingValues(ParseResult result, IReadOnlyList<string> words)
    {
        foreach (string word in words.TakeWhile(word => word != "--"))
        {
            if (word is ['-', .. string name, '=' or ':'] && OptionCalled(result, $"-{name}") is not null)
            {
                throw new UsageException($"'{word}' gives no value. See '{FullName(result.CommandResult)} --help'.");
            }
        }
    }

    private static Option? OptionCalled(ParseResult result, string name) =>
        result.CommandResult.Command.Options.FirstOrDefault(option => option.Name == name || option.Aliases.Contains(name));

    // What follows the command is known, so one of its options that is not stands before it.
    private static string Misplaced(ParseResult result, string word, string command) =>
        OptionCalled(result, word.Split('=', 2)[0]) is not null
            ? $"'{word}' stands before the command it is for: '{command} {word}'."
            : $"'{word}' is not a command or option of '{command}'.";

    // Where a command takes any number of arguments, a misspelt option is one of them to System.CommandLine, and so is what follows an
    // option without a value in the same word.
    private static void RefuseUnknownOptions(ParseResult result, IReadOnlyList<string> words)
    {
        Token[] before = [.. result.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash)];
        string command = FullName(result.CommandResult);
        int next = 0;
        foreach (Token token in result.CommandResult.Command.Arguments.SelectMany(argument => result.GetResult(argument)?.Tokens ?? []))
        {
            string text = token.Value;
            if (text is ['-', _, ..] && before.Any(other => ReferenceEquals(other, token)))
            {
                throw new UsageException(
                    $"'{text}' is not an option of '{command}'; a name that begins so comes after '--'. See '{command} --help'.");
            }

            while (next < words.Count && words[next] != text)
            {
                next++;
            }

            if (next++ == words.Count)
            {
                string whole = words.First(word => word.StartsWith('-') && word.EndsWith(text, StringComparison.Ordinal));
                string option = whole[..^text.Length];
                throw new UsageException((option[^1] is '=' or ':'
                    ? $"'{option[..^1]}' takes no value, and '{whole}' gives it one."
                    : $"'-{text[0]}' in '{whole}' is not an option of '{command}'.") + $" See '{command} --help'.");
            }
        }
    }

    // Names of this host have to be UTF-8; what is given to the guest may be any bytes.
    private static void RefuseOtherBytes(ParseResult result)
    {
        Command command = result.CommandResult.Command;
        foreach (Symbol symbol in command.Options.Concat<Symbol>(command.Arguments).Where(symbol => !TakesAnyBytes.Contains(symbol)))
        {
            SymbolResult? given = symbol is Option option ? result.GetResult(option) : result.GetResult((Argument)symbol);
            ProcessInput.Check((given?.Tokens ?? []).Select(token => token.Value));
        }
    }

    private static void RefuseTwoForms(ParseResult result)
    {
        if (result.GetValue(OutputOptions.Json) && result.GetValue(OutputOptions.JsonLines))
        {
            throw new UsageException("--json and --jsonl exclude each other.");
        }

        if (result.IsJson() && result.CommandResult.IsGiven(Commands.FileOptions.Zero))
        {
            throw new UsageException("-0 ends lines of names, and JSON has none.");
        }
    }

    private static void RefuseOthers(SymbolResult result, string[] words)
    {
        if (result.Tokens is [{ Value: var text }] && !words.Contains(text))
        {
            result.AddError($"'{text}' is not one of {string.Join(", ", words)}.");
        }
    }

    private static void Refuse(SymbolResult result, string name, int words = int.MaxValue)
    {
        if (result.Tokens.Take(words).Any(token => token.Value.Length == 0))
        {
            result.AddError($"{name} is empty.");
        }
    }
}

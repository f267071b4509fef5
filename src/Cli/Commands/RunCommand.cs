using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text;

using Guestfs.Cli.Guests;
using Guestfs.Cli.Help;

namespace Guestfs.Cli.Commands;

/// <summary>Carries out many commands in one appliance: a launch takes longer than most of them.</summary>
internal static class RunCommand
{
    internal static Command Create(RootCommand root)
    {
        Argument<string[]> arguments = new("disk-and-script")
        {
            HelpName = "disk script",
            Description = "A disk image or block device, unless --add or --domain name it, and a file with a command in each line, "
                + "or - for standard input.",
            Arity = new(1, 2),
        };
        Command command = new(
            "run",
            "Carries out the commands of a file one after another in one appliance. They are written as after 'gfs', without a disk "
            + "and its options: 'ls -l /etc', 'cp motd :/etc/motd'.")
        {
            arguments, GuestCommand.DryRun,
        };
        DiskOptions.AddTo(command);
        command.RefuseEmpty();
        command.SetAction((result, cancellationToken) => RunAsync(root, result, result.GetValue(arguments)!, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(RootCommand root, ParseResult result, string[] arguments, CancellationToken cancellationToken)
    {
        (GuestRequest request, string[] rest) = GuestCommand.Split(result, arguments);
        if (rest.Length != 1)
        {
            throw new UsageException(
                rest.Length == 0 ? "The file with the commands is missing." : $"'{rest[1]}' is one argument too many.");
        }

        string name = rest[0] == "-" ? "Standard input" : rest[0];
        string text = await Task.Run(() => ReadText(rest[0]), cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
        List<(int Number, ScriptReading Command)> lines = [];
        foreach ((int number, string line) in text.Split('\n').Index())
        {
            try
            {
                if (Words(line) is { Count: > 0 } words)
                {
                    lines.Add((number + 1, await ReadAsync(
                        root, words, request.Name, result.GetValue(GuestCommand.DryRun), cancellationToken).ConfigureAwait(false)));
                }
            }
            catch (UsageException e)
            {
                throw new UsageException($"{name}, line {number + 1}: {e.Message}");
            }
        }

        return await GuestCommand.RunAsync(
            result, request, lines.Any(line => line.Command.Writes),
            session => RunAllAsync(session, name, lines, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private static async Task RunAllAsync(
        GuestSession session, string name, List<(int Number, ScriptReading Command)> lines, CancellationToken cancellationToken)
    {
        session.IsShared = true;
        foreach ((int number, ScriptReading command) in lines)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                // What the line before has written is on the disk, and each mounts what it needs.
                await session.Guestfs.RunAsync(g => g.UmountAll(), cancellationToken: cancellationToken).ConfigureAwait(false);
                session.Writes = command.Writes;
                await command.Work!(session).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not OperationCanceledException and not IOException { HResult: Interop.Libc.EPIPE })
            {
                Messages.Warn($"{name}, line {number} was not done, nor were those after it:");
                throw;
            }
        }
    }

    private static async Task<ScriptReading> ReadAsync(
        RootCommand root, List<string> words, string guest, bool isDry, CancellationToken cancellationToken)
    {
        ParseResult result = CommandLine.Parse(root, words);
        Command command = result.CommandResult.Command;
        if (command is GuestVerb && isDry && command.Options.Contains(GuestCommand.DryRun)
            && !result.CommandResult.IsGiven(GuestCommand.DryRun))
        {
            int end = words.IndexOf("--");
            words.Insert(end < 0 ? words.Count : end, GuestCommand.DryRun.Name);
            result = CommandLine.Parse(root, words);
        }

        CommandLine.Check(result, words);
        if (command is not GuestVerb { EndsAppliance: false } || result.Action is TextHelp)
        {
            throw new UsageException($"'{words[0]}' is not a command that works in an appliance that runs.");
        }

        if (DiskOptions.GivenOf(result.CommandResult) is { } option)
        {
            throw new UsageException($"{option.Name} is an option of 'gfs run' itself.");
        }

        ScriptReading line = new(guest) { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        _ = await result.InvokeAsync(line, cancellationToken).ConfigureAwait(false);
        return line;
    }

    private static string ReadText(string file)
    {
        using Stream input = file == "-" ? StandardStreams.TakeInput() : ProcessInput.OpenFile(file);
        using MemoryStream bytes = new();
        input.CopyTo(bytes);

        // Names of a guest's files may be any bytes. What editors of Windows put before the first is none of them.
        ReadOnlySpan<byte> text = bytes.GetBuffer().AsSpan(0, (int)bytes.Length);
        return LosslessUtf8.GetString(text.StartsWith(Encoding.UTF8.Preamble) ? text[Encoding.UTF8.Preamble.Length..] : text);
    }

    // As a shell has it, without variables, patterns and substitution.
    private static List<string> Words(string line)
    {
        List<string> words = [];
        StringBuilder word = new();
        bool isWord = false;
        char quote = '\0';
        line = line.TrimEnd('\r');
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            if (quote == '\'' ? c != '\'' : quote == '"' && c is not ('"' or '\\'))
            {
                word.Append(c);
            }
            else if (c == quote)
            {
                quote = '\0';
            }
            else if (c == '\\' && quote != '\'')
            {
                if (++i == line.Length)
                {
                    throw new UsageException("A command is one line: there is nothing after the backslash.");
                }

                word.Append(quote == '\0' || line[i] is '"' or '\\' or '$' or '`' ? "" : "\\").Append(line[i]);
                isWord = true;
            }
            else if (c is '\'' or '"')
            {
                (quote, isWord) = (c, true);
            }
            else if (c is ' ' or '\t')
            {
                End();
            }
            else if (c == '#' && !isWord)
            {
                break;
            }
            else
            {
                word.Append(c);
                isWord = true;
            }
        }

        if (quote != '\0')
        {
            throw new UsageException($"A {quote} is missing.");
        }

        End();
        return words;

        void End()
        {
            if (isWord)
            {
                words.Add(word.ToString());
                word.Clear();
                isWord = false;
            }
        }
    }
}

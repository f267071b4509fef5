// What the commands that look into a guest have in common: the disk is the first argument unless options name it, and may have a path
// after a colon.
using System.CommandLine;

using Guestfs.Cli.Guests;

namespace Guestfs.Cli.Commands;

/// <summary>Makes such commands.</summary>
internal static class GuestCommand
{
    /// <summary>The option of commands that write.</summary>
    internal static readonly Flag DryRun = new("--dry-run") { Description = "Tell what would be done, and write nothing." };

    /// <summary>What such a command does with an open session.</summary>
    /// <param name="result">Its options.</param>
    /// <param name="session">The appliance with the disks.</param>
    /// <param name="paths">The arguments after the disk.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal delegate Task Work(ParseResult result, GuestSession session, string[] paths, CancellationToken cancellationToken);

    /// <summary>The same for one of several guests.</summary>
    /// <param name="result">The command's options.</param>
    /// <param name="session">The appliance with the disks.</param>
    /// <param name="name">What the user calls the guest.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal delegate Task RunOneAsync(ParseResult result, GuestSession session, string name, CancellationToken cancellationToken);

    /// <summary>A command.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it is for.</param>
    /// <param name="paths">What its paths are, for its help; null where it has none.</param>
    /// <param name="least">The fewest paths that it needs.</param>
    /// <param name="options">Options of its own.</param>
    /// <param name="writes">Whether it writes to the disks.</param>
    /// <param name="run">What it does.</param>
    /// <param name="first">An argument before the disk.</param>
    /// <param name="choice">What part of the disks it can be told to work on; where it has paths, these are of what is mounted.</param>
    /// <param name="arePaths">Whether what comes after the disk is paths.</param>
    /// <param name="most">The most arguments after the disk.</param>
    /// <param name="named">How many words, of those that have to be there, say what it is about; those after them may be empty.</param>
    /// <param name="hostFiles">How many of the last arguments may be files of the host in place of paths in the guest.</param>
    internal static GuestVerb Create(
        string name, string description, string? paths, int least, Option[] options, bool writes, Work run, Argument? first = null,
        int hostFiles = 0, DiskChoice? choice = null, bool arePaths = true, int? most = null, int? named = null)
    {
        Argument<string[]> arguments = new(paths is null ? "disk" : "disk-and-paths")
        {
            HelpName = paths is null ? "disk" : $"disk {paths}",
            Description = "A disk image or block device, unless --add or --domain name it"
                + (paths is null ? "."
                    : arePaths ? ", and absolute paths in the guest; or both with a colon between: disk.img:/path."
                    : $"; then {paths}."),
            Arity = ArgumentArity.ZeroOrMore,
        };
        GuestVerb command = new(name, description);
        if (first is not null)
        {
            command.Add(first);
        }

        command.Add(arguments);
        if (arePaths)
        {
            CommandLine.TakesAnyBytes.Add(arguments);
        }

        foreach (Option option in options)
        {
            command.Add(option);
        }

        DiskOptions.AddTo(command, choice ?? (paths is null ? DiskChoice.None : DiskChoice.Mounts));
        command.RefuseEmpty(named);
        command.SetAction(async (result, cancellationToken) =>
        {
            (GuestRequest request, string[] rest) = Split(result, result.GetValue(arguments) ?? []);
            if (rest.Length < least || (paths is null && rest.Length > 0))
            {
                throw new UsageException(paths is null
                    ? $"'{rest[0]}' is one argument too many: more disks are named with --add."
                    : $"{(arePaths ? "The path is" : "Arguments are")} missing. "
                        + $"See '{CommandLine.FullName(result.CommandResult)} --help'.");
            }

            if ((most ?? (hostFiles > 0 ? least + hostFiles : int.MaxValue)) is var limit && rest.Length > limit)
            {
                throw new UsageException($"'{rest[limit]}' is one argument too many.");
            }

            foreach (string path in !arePaths ? [] : hostFiles > 0 ? rest[..least] : rest)
            {
                CheckAbsolute(path);
            }

            return await RunAsync(
                result, request, writes && !result.GetValue(DryRun), session => run(result, session, rest, cancellationToken),
                cancellationToken).ConfigureAwait(false);
        });
        return command;
    }

    /// <summary>Does something with an open session, and gives the exit code.</summary>
    internal static async Task<int> RunAsync(
        ParseResult result, GuestRequest request, bool writes, Func<GuestSession, Task> run, CancellationToken cancellationToken)
    {
        if (ScriptReading.Of(result) is { } script)
        {
            script.Take(writes, run);
            return ExitCode.Done;
        }

        using GuestSession session = await GuestSession.OpenAsync(request, writes, cancellationToken).ConfigureAwait(false);
        await run(session).ConfigureAwait(false);
        return await session.CloseAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Refuses a path that does not begin at the guest's root.</summary>
    internal static void CheckAbsolute(string path)
    {
        if (!path.StartsWith('/') && !GuestPath.IsWindows(path))
        {
            string where = SplitPath(path) is null ? "it must begin with a slash" : "a disk is named before all else";
            throw new UsageException($"'{path}' is not an absolute path: {where}.");
        }
    }

    /// <summary>Splits a disk and a path with a colon between; the disk is empty where options name it. Null for what is neither.</summary>
    internal static (string Disk, string Path)? SplitPath(string argument)
    {
        // A file may have any name: the colon counts where there is no such file, and before a path.
        int colon = Path.Exists(argument) ? -1 : argument.IndexOf(":/", RemoteDisk.PathOf(argument), StringComparison.Ordinal);
        return colon >= 0 ? (argument[..colon], argument[(colon + 1)..]) : null;
    }

    /// <summary>A command about disks that have nothing to do with one another: each of its arguments is one, with a session of its
    /// own; those that options name are one guest.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it is for.</param>
    /// <param name="options">Options of its own.</param>
    /// <param name="run">What it does with each.</param>
    /// <param name="end">What it does at the end.</param>
    internal static Command CreateForEach(
        string name, string description, Option[] options, RunOneAsync run, Action<ParseResult> end)
    {
        Argument<string[]> disks = new("disks")
        {
            HelpName = "disk...",
            Description = "Disk images or block devices, each of another guest. Those of one guest are named with --add.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        GuestVerb command = new(name, description) { disks };
        foreach (Option option in options)
        {
            command.Add(option);
        }

        DiskOptions.AddTo(command, DiskChoice.Mounts);
        command.RefuseEmpty();
        command.SetAction(async (result, cancellationToken) =>
        {
            (string Name, GuestRequest Request)[] guests = GuestsOf(result, result.GetValue(disks) ?? []);
            if (guests is [var (only, request)])
            {
                return await RunAsync(result, request, writes: false, async session =>
                {
                    await run(result, session, only, cancellationToken).ConfigureAwait(false);
                    end(result);
                }, cancellationToken).ConfigureAwait(false);
            }

            int exitCode = await RunEachAsync(result, guests, run, cancellationToken).ConfigureAwait(false);
            end(result);
            return exitCode;
        });
        return command;
    }

    private static (string Name, GuestRequest Request)[] GuestsOf(ParseResult result, string[] disks)
    {
        GuestRequest request = DiskOptions.Read(result);
        bool areNamed = DiskOptions.HaveDisks(result);
        if (areNamed == (disks.Length > 0))
        {
            throw new UsageException(areNamed
                ? $"'{disks[0]}' is one argument too many: --add or --domain name the disks."
                : $"No disk is named. See '{CommandLine.FullName(result.CommandResult)} --help'.");
        }

        return areNamed
            ? [(ScriptReading.Of(result)?.Guest ?? request.Name, request)]
            : [.. disks.Select(disk => (disk, request with { Disks = [DiskName.Parse(disk, request.Format)] }))];
    }

    private static async Task<int> RunEachAsync(
        ParseResult result, (string Name, GuestRequest Request)[] guests, RunOneAsync run, CancellationToken cancellationToken)
    {
        int worst = ExitCode.Done, failures = 0;
        foreach ((string name, GuestRequest guest) in guests)
        {
            try
            {
                worst = Math.Max(worst, await RunAsync(
                    result, guest, writes: false, session => run(result, session, name, cancellationToken), cancellationToken)
                    .ConfigureAwait(false));
            }
            catch (GuestfsException e)
            {
                (worst, failures) = (ErrorBoundary.CodeOf(e), failures + 1);
                Messages.Error($"{name}: {e.Message}", worst, e);
            }
        }

        return failures > 0 && failures < guests.Length ? ExitCode.Partly : worst;
    }

    internal static (GuestRequest Request, string[] Paths) Split(ParseResult result, string[] arguments)
    {
        GuestRequest request = DiskOptions.Read(result);
        if (DiskOptions.HaveDisks(result))
        {
            return (request, arguments);
        }

        if (arguments.Length == 0)
        {
            throw new UsageException($"No disk is named. See '{CommandLine.FullName(result.CommandResult)} --help'.");
        }

        (string file, string[] paths) = SplitPath(arguments[0]) is { Disk.Length: > 0 } both
            ? (both.Disk, (string[])[both.Path, .. arguments[1..]])
            : (arguments[0], arguments[1..]);
        return (request with { Disks = [DiskName.Parse(file, request.Format)] }, paths);
    }
}

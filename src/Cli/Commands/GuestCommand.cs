// What the commands that look into a guest have in common: the disk is the first argument unless options name it, and may have a path
// after a colon.
using System.CommandLine;

using Guestfs.Cli.Guests;

namespace Guestfs.Cli.Commands;

/// <summary>Makes such commands.</summary>
internal static class GuestCommand
{
    /// <summary>What such a command does with an open session.</summary>
    /// <param name="result">Its options.</param>
    /// <param name="session">The appliance with the disks.</param>
    /// <param name="paths">The arguments after the disk.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal delegate Task RunAsync(ParseResult result, GuestSession session, string[] paths, CancellationToken cancellationToken);

    /// <summary>A command.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it is for.</param>
    /// <param name="paths">What its paths are, for its help; null where it has none.</param>
    /// <param name="least">The fewest paths that it needs.</param>
    /// <param name="options">Options of its own.</param>
    /// <param name="writes">Whether it writes to the disks.</param>
    /// <param name="run">What it does.</param>
    internal static Command Create(
        string name, string description, string? paths, int least, Option[] options, bool writes, RunAsync run)
    {
        Argument<string[]> arguments = new(paths is null ? "disk" : "disk-and-paths")
        {
            HelpName = paths is null ? "disk" : $"disk {paths}",
            Description = "A disk image or block device, unless --add or --domain name it"
                + (paths is null ? "." : ", and absolute paths in the guest; or both with a colon between: disk.img:/path."),
            Arity = ArgumentArity.ZeroOrMore,
        };
        Command command = new(name, description) { arguments };
        foreach (Option option in options)
        {
            command.Add(option);
        }

        DiskOptions.AddTo(command);
        command.RefuseEmpty();
        command.SetAction(async (result, cancellationToken) =>
        {
            (GuestRequest request, string[] rest) = Split(result, result.GetValue(arguments) ?? []);
            if (rest.Length < least || (paths is null && rest.Length > 0))
            {
                throw new UsageException(paths is null
                    ? $"'{rest[0]}' is one argument too many: more disks are named with --add."
                    : $"The path is missing. See 'gfs {name} --help'.");
            }

            foreach (string path in rest)
            {
                if (!path.StartsWith('/') && !GuestPath.IsWindows(path))
                {
                    throw new UsageException($"'{path}' is not an absolute path: it must begin with a slash.");
                }
            }

            using GuestSession session = await GuestSession.OpenAsync(request, writes, cancellationToken).ConfigureAwait(false);
            await run(result, session, rest, cancellationToken).ConfigureAwait(false);
            return await session.CloseAsync().ConfigureAwait(false);
        });
        return command;
    }

    private static (GuestRequest Request, string[] Paths) Split(ParseResult result, string[] arguments)
    {
        GuestRequest request = DiskOptions.Read(result);
        if (DiskOptions.HaveDisks(result.CommandResult))
        {
            return (request, arguments);
        }

        if (arguments.Length == 0)
        {
            throw new UsageException($"No disk is named. See 'gfs {result.CommandResult.Command.Name} --help'.");
        }

        // A file may have any name: the colon counts where there is no such file, and before a path.
        int colon = Path.Exists(arguments[0]) ? -1 : arguments[0].IndexOf(":/", StringComparison.Ordinal);
        string file = colon > 0 ? arguments[0][..colon] : arguments[0];
        string[] paths = colon > 0 ? [arguments[0][(colon + 1)..], .. arguments[1..]] : arguments[1..];
        return (request with { Disks = [DiskName.Parse(file, request.Format)] }, paths);
    }
}

using System.CommandLine;

using Guestfs.Cli.Comparing;
using Guestfs.Cli.Guests;
using Guestfs.Cli.Output;

namespace Guestfs.Cli.Commands;

/// <summary>Tells what is different between two guests, or a guest and its copy or snapshot: virt-diff's job.</summary>
internal static class DiffCommand
{
    private static readonly Option<string[]> Other = new("--other", "-A")
    {
        HelpName = "file[:format]",
        Description = "A disk of the second guest, where --add names those of the first; again for each further one.",
    };

    private static readonly Flag Times = new("--times") { Description = "Other times of modification are a difference, too." };

    private static readonly Flag Attributes = new("--xattrs")
    {
        Description = "Other extended attributes, such as SELinux' labels and access control lists, are a difference, too.",
    };

    private static readonly Flag Lines = new("--lines")
    {
        Description = "What is different in texts is told line by line, as diff -u does, which this host must have.",
    };

    private static readonly Flag NoContents = new("--no-contents")
    {
        Description = "Files of the same size are taken for the same, and none is read.",
    };

    private static readonly Flag Quick = new("--quick")
    {
        Description = "Files whose size, times and inode are the same are taken for the same, which is right for a disk and its overlay.",
    };

    internal static Command Create()
    {
        Argument<string[]> arguments = new("disks-and-paths")
        {
            HelpName = "disk [disk] path...",
            Description = "The two disks, unless --add and --other name them, or with --snapshot one, which is compared with what it is "
                + "now; and absolute paths that are compared. Default: all of it.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Command command = new("diff", "Tells which files are different in two guests, or in a disk and its copy or snapshot.")
        {
            arguments, Times, Attributes, Lines, NoContents, Quick,
        };
        CommandLine.TakesAnyBytes.Add(arguments);
        DiskOptions.AddTo(command);
        command.Add(Other);
        command.RefuseEmpty();
        command.SetAction((result, cancellationToken) => RunAsync(result, result.GetValue(arguments) ?? [], cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, string[] arguments, CancellationToken cancellationToken)
    {
        (GuestRequest first, GuestRequest second, string[] paths) = Split(result, arguments);
        using GuestSession old = await GuestSession.OpenAsync(first, writes: false, cancellationToken).ConfigureAwait(false);
        using GuestSession later = await GuestSession.OpenAsync(second, writes: false, cancellationToken).ConfigureAwait(false);
        await old.MountAsync(cancellationToken).ConfigureAwait(false);
        await later.MountAsync(cancellationToken).ConfigureAwait(false);
        using TextOutput output = new();
        using ProgressBar bar = new();
        JsonRecords? json = JsonRecords.Of(result, output, "differences");
        TreeComparison comparison = new(
            old, later, result.GetValue(Times), result.GetValue(Attributes), !result.GetValue(NoContents), result.GetValue(Quick), bar,
            cancellationToken);
        using TextDifference? texts = result.GetValue(Lines) ? new(old, later, bar, cancellationToken) : null;
        bool isDifferent = await Task.Run(
            () =>
            {
                bool found = false;
                foreach (Difference difference in paths.SelectMany(comparison.Compare))
                {
                    found = true;
                    difference.Write(output, json, texts?.Lines(difference));
                }

                return found;
            },
            cancellationToken).ConfigureAwait(false);
        json?.End();
        int exitCode = Math.Max(
            await old.CloseAsync(cancellationToken).ConfigureAwait(false), await later.CloseAsync(cancellationToken).ConfigureAwait(false));
        return exitCode == ExitCode.Done && isDifferent ? ExitCode.Different : exitCode;
    }

    private static (GuestRequest First, GuestRequest Second, string[] Paths) Split(ParseResult result, string[] arguments)
    {
        GuestRequest request = DiskOptions.Read(result);
        string[] others = result.GetValue(Other) ?? [];
        bool areNamed = DiskOptions.HaveDisks(result);
        if (request.Snapshot is not null && others.Length == 0)
        {
            // Then and now.
            (GuestRequest snapshot, string[] rest) = GuestCommand.Split(result, arguments);
            return (snapshot, snapshot with { Snapshot = null }, PathsOf(rest));
        }

        if (areNamed != others.Length > 0 || (!areNamed && arguments.Length < 2))
        {
            throw new UsageException(areNamed || others.Length > 0
                ? "--add and --other go together: the disks of the first guest and of the second."
                : "Two disks are needed. See 'gfs diff --help'.");
        }

        string[] second = areNamed ? others : [arguments[1]];
        return (
            areNamed ? request : request with { Disks = [DiskName.Parse(arguments[0], request.Format)] },
            request with { Domain = null, Disks = [.. second.Select(disk => DiskName.Parse(disk, request.Format))] },
            PathsOf(areNamed ? arguments : arguments[2..]));
    }

    private static string[] PathsOf(string[] arguments)
    {
        foreach (string path in arguments)
        {
            GuestCommand.CheckAbsolute(path);
        }

        return arguments.Length > 0 ? arguments : ["/"];
    }
}

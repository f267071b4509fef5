using System.CommandLine;
using System.Globalization;

using Guestfs.Cli.Guests;
using Guestfs.Cli.Output;

namespace Guestfs.Cli.Commands;

/// <summary>Tells how much space directories take: du's job.</summary>
internal static class DuCommand
{
    private static readonly Flag Summarize = new("-s", "--summarize")
    {
        Description = "One line for each path, none for what is below.",
    };

    private static readonly Flag Apparent = new("--apparent-size")
    {
        Description = "What files hold, holes too, in place of what they take on the disk.",
    };

    private static readonly Option<int?> MaxDepth = CommandLine.Option<int>(
        "--max-depth", "number", "Lines only for directories at most that deep; 0 is the path itself.", "a number of levels",
        text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : null);

    internal static Command Create() => GuestCommand.Create(
        "du", "Tells how many bytes directories take on the disk, with all below.", "path...", least: 1,
        [Summarize, MaxDepth, Apparent, FileOptions.Human, FileOptions.Zero], writes: false, RunAsync);

    private static async Task RunAsync(ParseResult result, GuestSession session, string[] paths, CancellationToken cancellationToken)
    {
        await session.MountAsync(cancellationToken).ConfigureAwait(false);
        using TextOutput output = new(result.GetValue(FileOptions.Zero));
        JsonRecords? json = JsonRecords.Of(result, output, "entries");
        int depth = result.GetValue(Summarize) ? 0 : result.GetValue(MaxDepth) ?? int.MaxValue;
        await session.Guestfs.RunAsync(
            _ =>
            {
                // A file of several names counts once.
                HashSet<(long, long)> counted = [];
                session.ForEach(paths, path => Add(session, path, result.GetValue(Apparent), counted, cancellationToken)
                    .Where(sum => sum.Depth <= depth).ToList().ForEach(Write));
            },
            cancellationToken: cancellationToken).ConfigureAwait(false);
        json?.End();

        void Write(Sum sum)
        {
            if (json is null)
            {
                output.WriteFields(result.GetValue(FileOptions.Human) ? HumanSize.Of(sum.Bytes) : FileFacts.Number(sum.Bytes), sum.Path);
                return;
            }

            json.Add(writer =>
            {
                writer.WriteName("path", sum.Path);
                writer.WriteNumber("size", sum.Bytes);
            });
        }
    }

    // What is below comes before what it is in, as with du.
    private static List<Sum> Add(
        GuestSession session, string top, bool isApparent, HashSet<(long, long)> counted, CancellationToken cancellationToken)
    {
        GuestEntry first = GuestEntry.At(session.Guestfs, top);
        bool isDirectory = session.Guestfs.IsDir(top, new IsDirOptions { FollowSymlinks = true });
        Sum root = new(top, 0, null) { Bytes = isDirectory ? Size(first with { Status = session.Guestfs.Statns(top) }) : 0 };
        Dictionary<string, Sum> sums = new(StringComparer.Ordinal) { [top] = root };
        foreach (List<GuestEntry> entries in GuestTree.Directories(session, top, true, null, cancellationToken))
        {
            foreach (GuestEntry entry in entries)
            {
                Sum parent = isDirectory ? sums[entry.Directory] : root;
                if (entry.Type == 'd')
                {
                    Sum below = new(entry.Path, parent.Depth + 1, parent) { Bytes = Size(entry) };
                    sums[below.Path] = below;
                    parent.Below.Add(below);
                }
                else if (entry.Status.Nlink <= 1 || counted.Add((entry.Status.Dev, entry.Status.Ino)))
                {
                    parent.Bytes += Size(entry);
                }
            }
        }

        // Not by calls within calls: directories may be as deep as they like.
        List<Sum> order = [];
        Stack<Sum> left = new([root]);
        while (left.TryPop(out Sum? next))
        {
            order.Add(next);
            next.Below.ForEach(left.Push);
        }

        for (int i = order.Count - 1; i >= 0; i--)
        {
            order[i].Parent?.Bytes += order[i].Bytes;
        }

        order.Reverse();
        return order;

        long Size(GuestEntry entry) => isApparent ? entry.Status.Size : entry.Status.Blocks * 512;
    }

    private sealed class Sum(string path, int depth, Sum? parent)
    {
        internal string Path => path;

        internal int Depth => depth;

        internal Sum? Parent => parent;

        internal List<Sum> Below { get; } = [];

        internal long Bytes { get; set; }
    }
}

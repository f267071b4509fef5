// The end of files, and with -f what comes to them. A running appliance does not see what is written to its disks by others, so it is
// started anew when a disk's file has changed.
using System.CommandLine;
using System.Globalization;

using Guestfs.Cli.Guests;
using Guestfs.Cli.Output;
using Guestfs.Interop;

namespace Guestfs.Cli.Commands;

/// <summary>Shows the last lines of files, and follows them: virt-tail's job.</summary>
internal static class TailCommand
{
    private const int UsualLines = 10;

    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    // Of disks whose changes do not show on this host: devices, and those of a machine of libvirt.
    private static readonly TimeSpan BlindPoll = TimeSpan.FromSeconds(30);

    private static readonly Option<int?> Lines = CommandLine.Option<int>(
        "--lines", "number", "How many lines. Default: 10.", "a number of lines",
        text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : null);

    private static readonly Flag Follow = new("-f", "--follow")
    {
        Description = "Go on with what comes to the files, until it is interrupted or all of them are gone. The disk is opened anew, "
            + "read-only, when its file has changed.",
    };

    internal static Command Create()
    {
        Lines.Aliases.Add("-n");
        return GuestCommand.Create(
            "tail", "Writes the last lines of files of the guest.", "path...", least: 1, [Lines, Follow], writes: false, RunAsync);
    }

    private static async Task RunAsync(ParseResult result, GuestSession session, string[] paths, CancellationToken cancellationToken)
    {
        using Stream output = TextOutput.OpenContents();
        Tail tail = new(output, paths, result.GetValue(Lines) ?? UsualLines);
        string seen = State(session);
        await session.MountAsync(cancellationToken).ConfigureAwait(false);
        await session.Guestfs.RunAsync(_ => tail.Show(session, isFirst: true), cancellationToken: cancellationToken).ConfigureAwait(false);
        GuestSession current = session;
        while (result.GetValue(Follow) && tail.HasFiles)
        {
            await current.EndAsync().ConfigureAwait(false);
            seen = await ChangeAsync(session, seen, cancellationToken).ConfigureAwait(false);
            using GuestSession next = current = await session.OpenAgainAsync(cancellationToken).ConfigureAwait(false);
            await next.MountAsync(cancellationToken).ConfigureAwait(false);
            await next.Guestfs.RunAsync(_ => tail.Show(next, isFirst: false), cancellationToken: cancellationToken).ConfigureAwait(false);
            await next.EndAsync().ConfigureAwait(false);
        }
    }

    // What tells that a disk was written to; nothing where that does not show.
    private static string State(GuestSession session) => string.Join(
        ' ',
        session.DiskFiles.Select(file => new FileInfo(file)).Select(
            file => file is { Exists: true, Length: > 0 } ? $"{file.LastWriteTimeUtc.Ticks}:{file.Length}" : "")).Trim();

    private static async Task<string> ChangeAsync(GuestSession session, string seen, CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(seen.Length == 0 ? BlindPoll : Poll, cancellationToken).ConfigureAwait(false);
            string now = State(session);
            if (seen.Length == 0 || now != seen)
            {
                return now;
            }
        }
    }

    /// <summary>What was shown of each file.</summary>
    private sealed class Tail(Stream output, string[] paths, int lines)
    {
        private readonly (long Size, long Inode, long Seconds, long Nanoseconds)?[] shown = new (long, long, long, long)?[paths.Length];
        private int last = -1;

        /// <summary>Whether any of the files is there.</summary>
        internal bool HasFiles => Array.Exists(shown, file => file is not null);

        internal void Show(GuestSession session, bool isFirst)
        {
            for (int i = 0; i < paths.Length; i++)
            {
                try
                {
                    Show(session.Guestfs, i, GuestPath.Resolve(session, paths[i]));
                }
                catch (GuestfsException e) when (session.Guestfs.State == GuestfsState.Ready && (paths.Length > 1 || !isFirst))
                {
                    // What is gone is told once.
                    if (isFirst || shown[i] is not null || e.Errno != Libc.ENOENT)
                    {
                        session.Leave(e.Message, e);
                    }

                    shown[i] = null;
                }
            }

            output.Flush();
        }

        private void Show(GuestfsHandle g, int i, string path)
        {
            StatNs status = GuestContents.StatusOf(g, path);
            (long Size, long Inode, long, long) now = (status.Size, status.Ino, status.MtimeSec, status.MtimeNsec);
            if (shown[i] == now)
            {
                return;
            }

            if (paths.Length > 1 && last != i)
            {
                output.Write(LosslessUtf8.GetBytes($"{(last < 0 ? "" : "\n")}==> {EscapedText.Of(path)} <==\n"));
            }

            // All of one that is another file now, or was emptied: so logs are rotated. One that has other contents of the same length is
            // shown as at first.
            long from = shown[i] is not { } before || (before.Inode == now.Inode && before.Size == now.Size)
                    ? GuestContents.LastLines(g, path, status.Size, lines)
                : before.Inode == now.Inode && before.Size < now.Size ? before.Size
                : 0;
            long end = GuestContents.Read(g, path, from, output.Write, bar: null, CancellationToken.None);
            (shown[i], last) = (now with { Size = end }, i);
        }
    }
}

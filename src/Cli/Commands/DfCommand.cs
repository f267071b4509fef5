using System.CommandLine;

using Guestfs.Cli.Guests;
using Guestfs.Cli.Output;

namespace Guestfs.Cli.Commands;

/// <summary>Tells how full filesystems are: virt-df's job.</summary>
internal sealed class DfCommand
{
    private static readonly Flag Inodes = new("-i", "--inodes") { Description = "Inodes in place of bytes." };

    private TextOutput? output;
    private Table? table;

    internal static Command Create()
    {
        DfCommand command = new();
        return GuestCommand.CreateForEach(
            "df", "Tells how full the filesystems on disks are.", [TableOptions.Human, Inodes],
            command.RunAsync, command.End);
    }

    private async Task RunAsync(ParseResult result, GuestSession session, string name, CancellationToken cancellationToken)
    {
        bool inodes = result.GetValue(Inodes);
        Table rows = Begin(result, session.IsLimited);
        if (session.IsLimited)
        {
            IReadOnlyList<GuestMountpoint> mounted = await session.MountAsync(cancellationToken).ConfigureAwait(false);
            await session.Guestfs.RunAsync(g => AddMounted(g, mounted), cancellationToken: cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await session.UnlockAsync(cancellationToken).ConfigureAwait(false);
            await session.Guestfs.RunAsync(AddAll, cancellationToken: cancellationToken).ConfigureAwait(false);
        }

        void AddMounted(GuestfsHandle g, IReadOnlyList<GuestMountpoint> mounted)
        {
            foreach (GuestMountpoint mount in mounted)
            {
                Add(g, mount.Mountable, g.Statvfs(mount.Path), mount.Path);
            }
        }

        void AddAll(GuestfsHandle g)
        {
            foreach ((string device, string type) in g.ListFilesystems())
            {
                if (type is not ("" or "swap" or "unknown") && Ask(session, g, device) is { } status)
                {
                    Add(g, device, status, null);
                }
            }
        }

        void Add(GuestfsHandle g, string device, StatVfs status, string? path)
        {
            (long all, long unused, long available, long unit) = inodes
                ? (status.Files, status.FFree, status.FFree, 1)
                : (status.Blocks, status.BFree, status.BAvail, status.BSize);
            object?[] facts =
            [
                name, g.CanonicalDeviceName(device), all * unit, (all - unused) * unit, available * unit,
                all == 0 ? 0.0 : 100.0 - (100.0 * unused / all),
            ];
            rows.Add(path is null ? facts : [.. facts, path]);
        }
    }

    // Where a filesystem is mounted is known of those that options choose.
    private Table Begin(ParseResult result, bool areMounted)
    {
        bool inodes = result.GetValue(Inodes);
        output ??= new TextOutput();
        ColumnKind kind = inodes ? ColumnKind.Number : ColumnKind.Size;
        return table ??= new Table(
            output, JsonRecords.Of(result, output, "filesystems"), result.GetValue(TableOptions.Human),
            [
                new("Disk", "disk"), new("Filesystem", "filesystem"), new(inodes ? "Inodes" : "Size", inodes ? "inodes" : "size", kind),
                new("Used", "used", kind), new("Available", "available", kind), new("Use%", "usedPercent", ColumnKind.Percent),
                .. areMounted ? (Column[])[new("Mounted on", "path")] : [],
            ]);
    }

    private void End(ParseResult result)
    {
        Begin(result, areMounted: false).End();
        output!.Dispose();
        (output, table) = (null, null);
    }

    private static StatVfs? Ask(GuestSession session, GuestfsHandle g, string device)
    {
        try
        {
            g.MountRo(device, "/");
        }
        catch (GuestfsException e) when (g.State == GuestfsState.Ready)
        {
            session.Leave($"{device} is left out: {e.Message}");
            return null;
        }

        StatVfs status = g.Statvfs("/");
        g.UmountAll();
        return status;
    }
}

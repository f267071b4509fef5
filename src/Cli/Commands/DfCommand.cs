using System.CommandLine;

using Guestfs.Cli.Guests;
using Guestfs.Cli.Output;

namespace Guestfs.Cli.Commands;

/// <summary>Tells how full filesystems are: virt-df's job.</summary>
internal sealed class DfCommand
{
    private static readonly Option<bool> Inodes = new("-i", "--inodes") { Description = "Inodes in place of bytes." };

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
        Table rows = Begin(result);
        await session.UnlockAsync(cancellationToken).ConfigureAwait(false);
        await session.Guestfs.RunAsync(
            g =>
            {
                foreach ((string device, string type) in g.ListFilesystems())
                {
                    if (type is "" or "swap" or "unknown" || Ask(session, g, device) is not { } status)
                    {
                        continue;
                    }

                    (long all, long unused, long available, long unit) = inodes
                        ? (status.Files, status.FFree, status.FFree, 1)
                        : (status.Blocks, status.BFree, status.BAvail, status.BSize);
                    rows.Add(
                        name, g.CanonicalDeviceName(device), all * unit, (all - unused) * unit, available * unit,
                        all == 0 ? 0.0 : 100.0 - (100.0 * unused / all));
                }
            },
            cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    private Table Begin(ParseResult result)
    {
        bool inodes = result.GetValue(Inodes);
        output ??= new TextOutput();
        ColumnKind kind = inodes ? ColumnKind.Number : ColumnKind.Size;
        return table ??= new Table(
            output, JsonRecords.Of(result, output, "filesystems"), result.GetValue(TableOptions.Human),
            new("Disk", "disk"), new("Filesystem", "filesystem"), new(inodes ? "Inodes" : "Size", inodes ? "inodes" : "size", kind),
            new("Used", "used", kind), new("Available", "available", kind), new("Use%", "usedPercent", ColumnKind.Percent));
    }

    private void End(ParseResult result)
    {
        Begin(result).End();
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

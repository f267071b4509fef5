using System.CommandLine;

using Guestfs.Cli.Guests;
using Guestfs.Cli.Layout;
using Guestfs.Cli.Output;
using Guestfs.Interop;

namespace Guestfs.Cli.Commands;

/// <summary>Shows how disks are divided.</summary>
internal static class PartitionsCommand
{
    private static readonly Option<string?> Svg = new("--svg") { HelpName = "file", Description = "Write a picture into this file, too." };

    internal static Command Create() => GuestCommand.Create(
        "partitions", "Shows how the disks are divided, and what is in each part.", null, least: 0,
        [TableOptions.Human, Svg], writes: false, RunAsync);

    private static async Task RunAsync(ParseResult result, GuestSession session, string[] paths, CancellationToken cancellationToken)
    {
        string? picture = result.GetValue(Svg) is { } named ? ProcessInput.FullPath(named) : null;
        if (picture is not null && session.DiskFiles.Any(disk => IsSame(disk, picture)))
        {
            throw new UsageException($"{picture} is one of the disks: the picture would take its place.");
        }

        DiskLayout[] disks = await session.Guestfs.RunAsync(
            g =>
            {
                IReadOnlyDictionary<string, string> filesystems = g.ListFilesystems();
                Dictionary<(string, int), string> partitions =
                    g.ListPartitions().ToDictionary(partition => (g.PartToDev(partition), g.PartToPartnum(partition)));
                return g.ListDevices().Select(device => DiskLayout.Read(g, device, partitions, filesystems)).ToArray();
            },
            cancellationToken: cancellationToken).ConfigureAwait(false);
        if (picture is { } file)
        {
            await HostOutput.WriteAsync(file, stream => stream.WriteAsync(LayoutPicture.Svg(disks), cancellationToken).AsTask())
                .ConfigureAwait(false);
        }

        bool isJson = result.IsJson();
        using TextOutput output = new();
        Table table = new(
            output, JsonRecords.Of(result, output, "partitions"), result.GetValue(TableOptions.Human),
            new("Disk", "disk"), new("Table", "table"), new("Partition", "partition"), new("No.", "number", ColumnKind.Number),
            new("Start", "start", ColumnKind.Size), new("Size", "size", ColumnKind.Size), new("Type", "type"), new("Name", "name"),
            new("Content", "content"), new("Label", "label"));
        foreach (DiskLayout disk in disks)
        {
            if (!isJson && TextOutput.IsTerminal)
            {
                LayoutPicture.Write(output, disk);
            }

            IEnumerable<DiskPart> parts = disk.Parts.Concat(disk.Containers).Where(part => part.Device is not null);
            foreach (DiskPart part in parts.OrderBy(part => part.Number))
            {
                table.Add(
                    disk.Name, disk.Table, part.Device, part.Number, part.Start, part.Size,
                    TextOutput.IsTerminal && !isJson ? part.TypeName : part.Type, part.Name, part.Content, part.Label);
            }
        }

        table.End();
    }

    // By whatever name.
    private static bool IsSame(string disk, string file) =>
        HostCalls.Status(disk, followLink: true, out statx one) == 0 && HostCalls.Status(file, followLink: true, out statx other) == 0
        && (one.stx_ino, one.stx_dev_major, one.stx_dev_minor) == (other.stx_ino, other.stx_dev_major, other.stx_dev_minor);
}

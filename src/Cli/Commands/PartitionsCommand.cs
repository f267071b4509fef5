using System.CommandLine;

using Guestfs.Cli.Guests;
using Guestfs.Cli.Layout;
using Guestfs.Cli.Output;

namespace Guestfs.Cli.Commands;

/// <summary>Shows how disks are divided.</summary>
internal static class PartitionsCommand
{
    internal static Command Create() => GuestCommand.Create(
        "partitions", "Shows how the disks are divided, and what is in each part.", null, least: 0,
        [TableOptions.Human, DiskPictures.Svg], writes: false, RunAsync);

    private static async Task RunAsync(ParseResult result, GuestSession session, string[] paths, CancellationToken cancellationToken)
    {
        using TextOutput output = new();
        DiskLayout[] disks = await DiskPictures
            .ShowAsync(result, session, output, DiskPictures.FileOf(result, session), cancellationToken).ConfigureAwait(false);
        bool isForPeople = DiskPictures.AreShown(result);
        Table table = new(
            output, JsonRecords.Of(result, output, "partitions"), result.GetValue(TableOptions.Human),
            new("Disk", "disk"), new("Table", "table"), new("Partition", "partition"), new("No.", "number", ColumnKind.Number),
            new("Start", "start", ColumnKind.Size), new("Size", "size", ColumnKind.Size), new("Type", "type"), new("Name", "name"),
            new("Content", "content"), new("Label", "label"));
        foreach (DiskLayout disk in disks)
        {
            IEnumerable<DiskPart> parts = disk.Parts.Concat(disk.Containers).Where(part => part.Device is not null);
            foreach (DiskPart part in parts.OrderBy(part => part.Number))
            {
                table.Add(
                    disk.Name, disk.Table, part.Device, part.Number, part.Start, part.Size,
                    isForPeople ? part.TypeName : part.Type, part.Name, part.Content, part.Label);
            }
        }

        table.End();
    }
}

using System.CommandLine;

using Guestfs.Cli.Guests;
using Guestfs.Cli.Layout;
using Guestfs.Cli.Output;

namespace Guestfs.Cli.Commands;

/// <summary>Shows how disks are divided.</summary>
internal static class PartitionsCommand
{
    private static readonly Option<bool> Json = new("--json") { Description = "A JSON document." };

    private static readonly Option<bool> Human = new("-h", "--human-readable")
    {
        Description = "Sizes such as 1.5K in a pipe, too; otherwise they are bytes there.",
    };

    private static readonly Option<string?> Svg = new("--svg") { HelpName = "file", Description = "Write a picture into this file, too." };

    internal static Command Create() => GuestCommand.Create(
        "partitions", "Shows how the disks are divided, and what is in each part.", null, least: 0, [Json, Human, Svg], writes: false,
        RunAsync);

    private static async Task RunAsync(ParseResult result, GuestSession session, string[] paths, CancellationToken cancellationToken)
    {
        DiskLayout[] disks = await session.Guestfs.RunAsync(
            g =>
            {
                IReadOnlyDictionary<string, string> filesystems = g.ListFilesystems();
                return g.ListDevices().Select(device => DiskLayout.Read(g, device, filesystems)).ToArray();
            },
            cancellationToken: cancellationToken).ConfigureAwait(false);
        if (result.GetValue(Svg) is { } file)
        {
            await File.WriteAllBytesAsync(ProcessInput.FullPath(file), LayoutPicture.Svg(disks), cancellationToken).ConfigureAwait(false);
        }

        bool isJson = result.GetValue(Json);
        using TextOutput output = new();
        Table table = new(
            output, "partitions", isJson, result.GetValue(Human),
            new("Disk", "disk"), new("Table", "table"), new("Partition", "partition"), new("No.", "number", ColumnKind.Number),
            new("Start", "start", ColumnKind.Size), new("Size", "size", ColumnKind.Size), new("Type", "type"), new("Name", "name"),
            new("Content", "content"), new("Label", "label"));
        foreach (DiskLayout disk in disks)
        {
            if (!isJson && TextOutput.IsTerminal)
            {
                LayoutPicture.Write(output, disk);
            }

            foreach (DiskPart part in disk.Parts.Where(part => part.Device is not null))
            {
                table.Add(
                    disk.Name, disk.Table, part.Device, part.Number, part.Start, part.Size,
                    TextOutput.IsTerminal && !isJson ? part.TypeName : part.Type, part.Name, part.Content, part.Label);
            }
        }

        table.End();
    }
}

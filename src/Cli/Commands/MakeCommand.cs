using System.CommandLine;

using Guestfs.Cli.Guests;
using Guestfs.Cli.Making;
using Guestfs.Cli.Output;

namespace Guestfs.Cli.Commands;

/// <summary>Makes a disk image of a directory or an archive: virt-make-fs' job.</summary>
internal static class MakeCommand
{
    private const long Edges = 2 << 20;
    private const int MostTries = 5;

    private static readonly Argument<string> Source = new("source")
    {
        Description = "A directory; or an archive of tar, as it is or packed by gzip, xz or zstd; or - for one from standard input.",
    };

    private static readonly Argument<string> Image = new("image") { Description = "The disk image that is made." };

    private static readonly Option<(long Size, bool IsFree)?> Size = CommandLine.Option<(long, bool)>(
        "--size", "size|+free", "The size of the disk; or after a plus what is to be free. Default: what is needed, and no more.",
        ByteSize.Wanted + "; after a plus, of what is to be free",
        text => ByteSize.Read(text.TrimStart('+')) is { } size && text.LastIndexOf('+') <= 0 ? (size, text[0] == '+') : null);

    internal static Command Create()
    {
        Command command = new("make", "Makes a disk image of a directory or an archive, with a filesystem that holds it.")
        {
            Source, Image, NewDiskOptions.Filesystem, NewDiskOptions.Partition, NewDiskOptions.Label, Size, NewDiskOptions.OutputFormat,
            NewDiskOptions.Force, CopyOptions.Owner, CopyOptions.NoXattrs, GuestCommand.DryRun,
        };
        DiskOptions.AddToMaker(command);
        command.RefuseEmpty();
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        string name = result.GetValue(Image)!;
        TargetFilesystem kind = new(result.GetValue(NewDiskOptions.Filesystem) ?? "ext4");
        if (kind.Type == "swap")
        {
            throw new UsageException("swap holds no files.");
        }

        using NewImage image = new(name, result.GetValue(NewDiskOptions.OutputFormat), result.GetValue(NewDiskOptions.Force));
        (long given, bool isFree) = result.GetValue(Size) ?? (0, true);
        using ImageSource source = await Task.Run(
            () => new ImageSource(result.GetValue(Source)!, isFree, cancellationToken), cancellationToken).ConfigureAwait(false);
        if (source.Contains(name))
        {
            throw new UsageException($"{name} would be in what it is made of: give it another place.");
        }

        Census? census = isFree ? await Task.Run(source.Count, cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false) : null;
        if (census is not null)
        {
            kind.Check(census);
        }

        long edges = NewDiskOptions.TableOf(result) is null ? 0 : Edges;
        long size = census is null ? given : kind.SizeFor(census, given) + edges;
        for (int i = 1; !result.GetValue(GuestCommand.DryRun); i++)
        {
            image.Create(size);
            (long room, int code) = await FillAsync(result, kind, image, source, census, i < MostTries && isFree, cancellationToken)
                .ConfigureAwait(false);
            if (room >= 0 && (!isFree || room >= given || i == MostTries))
            {
                image.Finish();
                Show(result, name, image.Format, kind.Type, size, room);
                return code;
            }

            size += room < 0 ? Math.Max(size / 2, 64 << 20) : ((given - room) * 9 / 8) + GuestSpace.LeastRoom;
        }

        Show(result, name, image.Format, kind.Type, size, null);
        return ExitCode.Done;
    }

    // How much is free then; -1 where it does not fit.
    private static async Task<(long Room, int Code)> FillAsync(
        ParseResult result, TargetFilesystem kind, NewImage image, ImageSource source, Census? census, bool mayFail,
        CancellationToken cancellationToken)
    {
        GuestRequest request = DiskOptions.Read(result) with { Disks = [new DiskName(image.Name, image.Format)] };
        using GuestSession session = await GuestSession.OpenAsync(request, writes: true, cancellationToken).ConfigureAwait(false);
        long room = await session.Guestfs.RunAsync(
            g =>
            {
                string device = g.ListDevices()[0];
                if (NewDiskOptions.TableOf(result) is { } table)
                {
                    device = kind.MakePartition(g, device, table);
                }

                kind.Make(g, device, result.GetValue(NewDiskOptions.Label), census);
                kind.Mount(g, device);
                try
                {
                    source.Fill(
                        session, kind.HasXattrs && !result.GetValue(CopyOptions.NoXattrs), result.GetValue(CopyOptions.Owner),
                        cancellationToken);
                }
                catch (Exception e) when (e is GuestfsException or IOException && g.State == GuestfsState.Ready
                    && GuestSpace.IsFull(g, "/"))
                {
                    return mayFail
                        ? -1
                        : throw new GuestfsException("make", 0, "What is to be in it does not fit: give the disk more with --size.");
                }

                StatVfs status = g.Statvfs("/");
                g.UmountAll();
                return status.BFree * status.FrSize;
            },
            cancellationToken: cancellationToken).ConfigureAwait(false);
        return (room, await session.CloseAsync(cancellationToken).ConfigureAwait(false));
    }

    private static void Show(ParseResult result, string name, string format, string type, long size, long? room)
    {
        if (!result.IsJson() && room is not null)
        {
            return;
        }

        using TextOutput output = new();
        Table table = new(
            output, JsonRecords.Of(result, output, "images"), isHuman: false,
            new("Image", "image"), new("Format", "format"), new("Filesystem", "filesystem"), new("Partitions", "table"),
            new("Size", "size", ColumnKind.Size), new("Free", "free", ColumnKind.Size));
        table.Add(name, format, type, NewDiskOptions.TableOf(result), size, room);
        table.End();
    }
}

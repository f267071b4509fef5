using System.CommandLine;

using Guestfs.Cli.Guests;
using Guestfs.Cli.Making;
using Guestfs.Cli.Output;
using Guestfs.Interop;

namespace Guestfs.Cli.Commands;

/// <summary>Makes disks take no more of this host than what is in use in them: virt-sparsify's job.</summary>
internal static class SparsifyCommand
{
    // Whatever is smaller than this and free stays in the copy.
    private const int Cluster = 4096, NoSize = -1;

    private static readonly Argument<string> Disk = new("disk")
    {
        Description = "A disk image or block device, that no running machine has.",
    };

    private static readonly Argument<string?> Image = new("image")
    {
        Description = "The copy that is made, unless it is done in place.", Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Flag InPlace = new("--in-place") { Description = "Make holes in the disk itself, and no copy." };

    private static readonly Flag Compress = new("--compress") { Description = "Pack the copy, which is to be qcow2." };

    private static readonly Option<string[]> Ignore = new("--ignore")
    {
        HelpName = "device", Description = "A filesystem or volume group that is left as it is; again for each further one.",
    };

    internal static Command Create()
    {
        Command command = new("sparsify", "Gives back to this host what the filesystems of a disk do not use.")
        {
            Disk, Image, InPlace, NewDiskOptions.OutputFormat, Compress, Ignore, NewDiskOptions.Force,
            TableOptions.Human, GuestCommand.DryRun,
        };
        DiskOptions.AddToCopier(command);
        command.RefuseEmpty();
        command.Validators.Add(result =>
        {
            if (result.GetValue(InPlace) == result.GetValue(Image) is not null)
            {
                result.AddError(result.GetValue(InPlace) ? "In place no copy is made: name one of both." : "Name the copy, or --in-place.");
            }

            if (result.GetValue(InPlace) && (result.GetValue(Compress) || result.IsGiven(NewDiskOptions.OutputFormat)))
            {
                result.AddError($"{Compress.Name} and {NewDiskOptions.OutputFormat.Name} are for copies.");
            }
        });
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        GuestRequest request = DiskOptions.Read(result);
        request = request with { Disks = [DiskName.Parse(result.GetValue(Disk)!, request.Format)] };
        DiskName disk = request.Disks[0];
        if (disk.Remote is not null)
        {
            throw new UsageException($"{disk.File} is elsewhere: this command is for disks of this host.");
        }

        if (result.GetValue(GuestCommand.DryRun))
        {
            return await GuestCommand.RunAsync(
                result, request, writes: false,
                async session =>
                {
                    await session.UnlockAsync(cancellationToken).ConfigureAwait(false);
                    await session.Guestfs.RunAsync(g => ShowFree(result, g), cancellationToken: cancellationToken).ConfigureAwait(false);
                },
                cancellationToken).ConfigureAwait(false);
        }

        string format = DiskCopy.Examine(disk).Format;
        if (result.GetValue(InPlace))
        {
            request = request with { Disks = [disk with { Format = format }], Discards = true };
            long before = SizeOf(disk.File);
            int done = await DiscardAsync(result, request, mayFill: false, cancellationToken).ConfigureAwait(false);
            Show(result, disk.File, before, SizeOf(disk.File));
            return done;
        }

        DiskCopy.RefuseImpossible(disk, format, ProcessInput.FullPath(result.GetValue(Image)!));
        using NewImage image = new(
            result.GetValue(Image)!, result.GetValue(NewDiskOptions.OutputFormat), result.GetValue(NewDiskOptions.Force), like: format);
        if (result.GetValue(Compress) && image.Format == "raw")
        {
            throw new UsageException("A raw image cannot be packed: choose --output-format qcow2.");
        }

        DirectoryInfo directory = Directory.CreateTempSubdirectory("gfs-");
        try
        {
            string overlay = Path.Combine(directory.FullName, "overlay.qcow2");
            using (GuestfsHandle g = new())
            {
                g.DiskCreate(
                    overlay, "qcow2", NoSize,
                    new DiskCreateOptions { BackingFile = disk.File, BackingFormat = format, ClusterSize = Cluster });
            }

            int code = await DiscardAsync(
                result, request with { Disks = [new DiskName(overlay, "qcow2")], Discards = true }, mayFill: true, cancellationToken)
                .ConfigureAwait(false);
            using (ProgressBar bar = new())
            {
                await Task.Run(
                    () => DiskCopy.Run(overlay, "qcow2", image, result.GetValue(Compress), bar, cancellationToken), cancellationToken)
                    .ConfigureAwait(false);
            }

            image.Finish();
            Show(result, result.GetValue(Image)!, SizeOf(disk.File), SizeOf(ProcessInput.FullPath(result.GetValue(Image)!)));
            return code;
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static Task<int> DiscardAsync(ParseResult result, GuestRequest request, bool mayFill, CancellationToken cancellationToken) =>
        GuestCommand.RunAsync(
            result, request, writes: true,
            async session =>
            {
                await session.UnlockAsync(cancellationToken).ConfigureAwait(false);
                using ProgressBar bar = new();
                FreeSpace free = new(session, result.GetValue(Ignore) ?? [], mayFill);
                await session.Guestfs.RunAsync(_ => free.Discard(cancellationToken), bar, cancellationToken).ConfigureAwait(false);
            },
            cancellationToken);

    private static void ShowFree(ParseResult result, GuestfsHandle g)
    {
        using TextOutput output = new();
        Table table = new(
            output, JsonRecords.Of(result, output, "filesystems"), result.GetValue(TableOptions.Human),
            new("Filesystem", "filesystem"), new("Type", "type"), new("Free", "free", ColumnKind.Size));
        foreach ((string device, string type) in g.ListFilesystems().Where(f => g.MountableDevice(f.Key) == f.Key))
        {
            long? free = type == "swap" ? g.BlockdevGetsize64(device) : null;
            if (GuestAnswer.Does(g, () => g.MountRo(device, "/")))
            {
                StatVfs status = g.Statvfs("/");
                free = status.BFree * status.FrSize;
                g.UmountAll();
            }

            table.Add(g.CanonicalDeviceName(device), type, free);
        }

        table.End();
    }

    private static void Show(ParseResult result, string name, long before, long after)
    {
        using TextOutput output = new();
        Table table = new(
            output, JsonRecords.Of(result, output, "disks"), result.GetValue(TableOptions.Human),
            new("Disk", "disk"), new("Before", "before", ColumnKind.Size), new("After", "after", ColumnKind.Size));
        table.Add(name, before, after);
        table.End();
    }

    // What it takes here; of a device nobody knows.
    private static long SizeOf(string file) =>
        HostCalls.Status(file, followLink: true, out statx status) == 0 ? (long)status.stx_blocks * 512 : 0;
}

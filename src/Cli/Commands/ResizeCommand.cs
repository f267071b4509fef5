using System.CommandLine;

using Guestfs.Cli.Guests;
using Guestfs.Cli.Making;
using Guestfs.Cli.Output;

namespace Guestfs.Cli.Commands;

/// <summary>Copies a disk to a larger or smaller one, with its partitions and what is in them: virt-resize's job.</summary>
internal static class ResizeCommand
{
    private static readonly Argument<string> Disk = new("disk") { Description = "A disk image or block device, which is only read." };

    private static readonly Argument<string> Image = new("image") { Description = "The disk image that is made." };

    private static readonly Option<(long Size, int Sign)?> Size = CommandLine.Option<(long, int)>(
        "--size", "size|+more|-less", "The size of the new disk. Default: as large as the old one.", ByteSize.Wanted + "; a sign before",
        text => ByteSize.Read(text.TrimStart('+', '-')) is { } size && text.LastIndexOfAny(['+', '-']) <= 0
            ? (size, text[0] switch { '+' => 1, '-' => -1, _ => 0 })
            : null);

    private static readonly Option<string?> Expand = new("--expand")
    {
        HelpName = "partition",
        Description = "Give this one all space that is left. Default: the last one, if nothing else is said of any.",
    };

    private static readonly Option<string?> Shrink = new("--shrink")
    {
        HelpName = "partition", Description = "Take the space that is missing from this one.",
    };

    private static readonly Option<string[]> Resize = Many(
        "--resize", "partition=size", "Give one a size: 10G, or with a sign more or less than it has, or a part of it, such as 150%.");

    private static readonly Option<string[]> ResizeForce = Many(
        "--resize-force", "partition=size", "The same, though a part of what is in it is lost.");

    private static readonly Option<string[]> Delete = Many("--delete", "partition", "Leave one out.");

    private static readonly Option<string[]> Ignore = Many("--ignore", "partition", "Make one, and leave out what is in it.");

    private static readonly Option<string[]> LvExpand = Many("--lv-expand", "volume", "Give a logical volume what is free in its group.");

    private static readonly Flag NoExpandContent = new("--no-expand-content")
    {
        Description = "Leave filesystems and what else is in partitions as large as they were.",
    };

    internal static Command Create()
    {
        Command command = new("resize", "Copies a disk to a larger or smaller one. Partitions grow, and the filesystems in them.")
        {
            Disk, Image, Size, Expand, Shrink, Resize, ResizeForce, Delete, Ignore, LvExpand, NoExpandContent,
            NewDiskOptions.OutputFormat, NewDiskOptions.Force, TableOptions.Human, GuestCommand.DryRun,
        };
        DiskOptions.AddToCopier(command);
        command.RefuseEmpty();
        command.Validators.Add(result =>
        {
            if (result.IsGiven(Expand) && result.IsGiven(Shrink))
            {
                result.AddError($"{Expand.Name} and {Shrink.Name} exclude each other.");
            }
        });
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        GuestRequest request = DiskOptions.Read(result);
        DiskName disk = DiskName.Parse(result.GetValue(Disk)!, request.Format);
        if (disk.Remote is not null)
        {
            throw new UsageException($"{disk.File} is elsewhere: this command is for disks of this host.");
        }

        (string format, long size) = DiskCopy.Examine(disk);
        request = request with { Disks = [disk with { Format = format }] };
        size = result.GetValue(Size) is (var given, var sign) ? sign == 0 ? given : size + (sign * given) : size;
        if (size < 4 << 20)
        {
            throw new UsageException("The new disk would have no room for partitions: raise --size.");
        }

        if (result.GetValue(GuestCommand.DryRun))
        {
            return await GuestCommand.RunAsync(
                result, request, writes: false,
                session => session.Guestfs.RunAsync(
                    g => Show(result, Plan(g, result, size)), cancellationToken: cancellationToken),
                cancellationToken).ConfigureAwait(false);
        }

        DiskCopy.RefuseImpossible(disk, format, ProcessInput.FullPath(result.GetValue(Image)!));
        using NewImage image = new(
            result.GetValue(Image)!, result.GetValue(NewDiskOptions.OutputFormat), result.GetValue(NewDiskOptions.Force), like: format);
        image.Create(size);
        DiskName made = new(image.Name, image.Format);
        ResizePlan? plan = null;
        _ = await GuestCommand.RunAsync(
            result, request, writes: false,
            async session => plan = await session.Guestfs.RunAsync(g => Plan(g, result, size), cancellationToken: cancellationToken)
                .ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false);
        using (ProgressBar bar = new())
        {
            await Task.Run(() => Copy(disk.File, format, image, plan!, bar, cancellationToken), cancellationToken).ConfigureAwait(false);
        }

        string[] volumes = Volumes(result);
        bool grows = !result.GetValue(NoExpandContent) && plan!.Made.Any(partition => partition.Growth is not null);
        if (grows || volumes.Length > 0)
        {
            _ = await GuestCommand.RunAsync(
                result, request with { Disks = [made] }, writes: true,
                session => session.Guestfs.RunAsync(g => Grow(g, plan!, grows, volumes), cancellationToken: cancellationToken),
                cancellationToken).ConfigureAwait(false);
        }

        image.Finish();
        if (result.IsJson())
        {
            Show(result, plan!);
        }

        return ExitCode.Done;
    }

    // "group/volume" is how format calls one.
    private static string[] Volumes(ParseResult result) =>
        [.. (result.GetValue(LvExpand) ?? []).Select(volume => volume.StartsWith('/') ? volume : $"/dev/{volume}")];

    private static ResizePlan Plan(GuestfsHandle g, ParseResult result, long size)
    {
        string disk = g.ListDevices()[0];
        bool isSaid = ((Option[])[Shrink, Resize, ResizeForce, Delete, Ignore]).Any(result.CommandResult.IsGiven);
        string? expand = result.GetValue(Expand) ?? (isSaid ? null : "");
        ResizePlan plan = ResizePlan.Make(g, disk, size, new ResizeWishes(
            expand, result.GetValue(Shrink), result.GetValue(Resize) ?? [], result.GetValue(ResizeForce) ?? [],
            result.GetValue(Delete) ?? [], result.GetValue(Ignore) ?? []));
        foreach (string volume in Volumes(result))
        {
            if (!g.Lvs().Contains(volume))
            {
                throw new UsageException(
                    $"'{volume}' is no logical volume: there are {string.Join(", ", g.Lvs().DefaultIfEmpty("none"))}.");
            }
        }

        return plan;
    }

    private static void Copy(
        string disk, string format, NewImage image, ResizePlan plan, ProgressBar bar, CancellationToken cancellationToken)
    {
        // What loaders have before the first partition, which has the table in it, too.
        DiskCopy.Run(disk, format, 0, image, 0, plan.Head, bar, cancellationToken);
        foreach (PlannedPartition partition in plan.Made.Where(partition => partition.Fate != PartitionFate.Ignore))
        {
            DiskCopy.Run(
                disk, format, partition.Start, image, partition.Place.First * plan.Table.Sector,
                Math.Min(partition.Size, partition.NewSize), bar, cancellationToken);
        }

        foreach (PlannedPartition partition in plan.Partitions)
        {
            plan.Table.Set(partition.Number, partition.Fate == PartitionFate.Delete ? null : partition.Place);
        }

        foreach ((long offset, byte[] bytes) in plan.Table.Write(plan.Size))
        {
            DiskCopy.Write(bytes, image, offset, bar, cancellationToken);
        }
    }

    private static void Grow(GuestfsHandle g, ResizePlan plan, bool grows, string[] volumes)
    {
        string disk = g.ListDevices()[0];
        foreach (PlannedPartition partition in plan.Made.Where(partition => grows && partition.Growth is not null))
        {
            PartitionContent.Grow(g, PlannedPartition.DeviceOf(g, disk, partition.Number));
        }

        foreach (string volume in volumes)
        {
            g.LvresizeFree(volume, 100);
            PartitionContent.Grow(g, volume);
        }
    }

    private static void Show(ParseResult result, ResizePlan plan)
    {
        using TextOutput output = new();
        Table table = new(
            output, JsonRecords.Of(result, output, "partitions"), result.GetValue(TableOptions.Human),
            new("Partition", "partition"), new("Content", "content"), new("Action", "action"), new("Size", "size", ColumnKind.Size),
            new("New size", "newSize", ColumnKind.Size), new("Grown by", "growth"));
        foreach (PlannedPartition partition in plan.Partitions)
        {
            bool isMade = partition.Fate != PartitionFate.Delete;
            table.Add(
                partition.Name, partition.Content.Type,
                partition.Fate switch
                {
                    PartitionFate.Copy => "copy",
                    PartitionFate.Resize => "resize",
                    PartitionFate.Ignore => "ignore",
                    _ => "delete",
                },
                partition.Size, isMade ? partition.NewSize : null, result.GetValue(NoExpandContent) ? null : partition.Growth);
        }

        table.End();
    }

    private static Option<string[]> Many(string name, string value, string description) =>
        new(name) { HelpName = value, Description = $"{description[..^1]}; again for each further one." };
}

using System.CommandLine;

using Guestfs.Cli.Guests;
using Guestfs.Cli.Layout;
using Guestfs.Cli.Making;
using Guestfs.Cli.Output;

namespace Guestfs.Cli.Commands;

/// <summary>Erases disks and makes them anew: virt-format's job.</summary>
internal static class FormatCommand
{
    private const int LvmMbr = 0x8E;
    private const string LvmGpt = "E6D6D379-F507-44C2-A23C-238F2A3DF928";

    private static readonly Option<string?> Lvm = new("--lvm")
    {
        HelpName = "group/volume", Description = "Make a volume group, and in it a logical volume of all its space, for the filesystem.",
    };

    private static readonly Flag Wipe = new("--wipe")
    {
        Description = "Write zeroes over everything. Otherwise only what is known of contents is erased, and others may find them still.",
    };

    internal static Command Create()
    {
        GuestVerb command = GuestCommand.Create(
            "format", "Erases disks: everything on them is lost. Makes partitions, logical volumes and filesystems that are empty.", null,
            least: 0,
            [NewDiskOptions.Partition, Lvm, NewDiskOptions.Filesystem, NewDiskOptions.Label, Wipe, Consent.Yes, GuestCommand.DryRun],
            writes: true, RunAsync);
        command.EndsAppliance = true;
        Consent.RequireFor(command, "Everything on the disk would be lost");
        command.Validators.Add(result =>
        {
            if (result.IsGiven(Lvm) && Names(result.GetValue(Lvm)!) is null)
            {
                result.AddError($"'{result.GetValue(Lvm)}' is not a group and a volume, such as vg/root.");
            }

            if (result.IsGiven(NewDiskOptions.Label) && !result.IsGiven(NewDiskOptions.Filesystem))
            {
                result.AddError("--label is for a filesystem: --filesystem says which is to be made.");
            }
        });
        return command;
    }

    private static async Task RunAsync(ParseResult result, GuestSession session, string[] paths, CancellationToken cancellationToken)
    {
        bool isDry = result.GetValue(GuestCommand.DryRun);
        string[] lines = await session.Guestfs.RunAsync(Describe, cancellationToken: cancellationToken).ConfigureAwait(false);
        if (result.GetValue(NewDiskOptions.Filesystem) is { } type)
        {
            await session.Guestfs.RunAsync(g => TargetFilesystem.CheckKnown(g, type), cancellationToken: cancellationToken)
                .ConfigureAwait(false);
        }

        if (isDry)
        {
            using TextOutput output = new();
            Deeds deeds = new(output, result, "lost");
            Array.ForEach(lines, line => deeds.Tell(line));
            deeds.End();
            return;
        }

        if (!result.GetValue(Consent.Yes))
        {
            foreach (string line in lines)
            {
                StandardStreams.Tell(line);
            }

            await Consent.AskAsync(result, $"Everything on {string.Join(", ", session.DiskFiles)} will be lost.", cancellationToken)
                .ConfigureAwait(false);
        }

        using ProgressBar bar = new();
        bool isClean = await session.Guestfs.RunAsync(g => Erase(g, result.GetValue(Wipe)), bar, cancellationToken).ConfigureAwait(false);
        if (isClean)
        {
            await session.Guestfs.RunAsync(g => Make(g, result), cancellationToken: cancellationToken).ConfigureAwait(false);
            return;
        }

        // The kernel holds on to what was there.
        await session.EndAsync().ConfigureAwait(false);
        using GuestSession another = await session.OpenAgainAsync(cancellationToken).ConfigureAwait(false);
        await another.Guestfs.RunAsync(g => Make(g, result), cancellationToken: cancellationToken).ConfigureAwait(false);
        _ = await another.CloseAsync(cancellationToken).ConfigureAwait(false);
    }

    // What is there now.
    private static string[] Describe(GuestfsHandle g)
    {
        IReadOnlyDictionary<string, string> filesystems = g.ListFilesystems();
        Dictionary<(string, int), string> partitions =
            g.ListPartitions().ToDictionary(partition => (g.PartToDev(partition), g.PartToPartnum(partition)));
        return
        [
            .. g.ListDevices().Select(device => DiskLayout.Read(g, device, partitions, filesystems)).SelectMany(disk =>
                ((string[])[$"{disk.Name}  {HumanSize.Of(disk.Size)}  {disk.Table ?? "no partition table"}"]).Concat(
                    disk.Parts.Where(part => part.Device is not null && (part.Content ?? part.TypeName) is not null).Select(part =>
                        $"{part.Device}  {HumanSize.Of(part.Size)}  {part.Content ?? part.TypeName}  {part.Label}".TrimEnd()))),
            .. g.Lvs().Select(lv => $"{lv}  {HumanSize.Of(g.BlockdevGetsize64(lv))}  {filesystems.GetValueOrDefault(lv)}".TrimEnd()),
        ];
    }

    // Whether the kernel knows of nothing any more.
    private static bool Erase(GuestfsHandle g, bool wipe)
    {
        string[] devices = g.ListDevices();
        foreach (string device in g.Lvs().Concat(g.ListMdDevices()).Concat(g.ListPartitions()))
        {
            // Another partition that begins there would have it again. Of an extended partition there is nothing to erase.
            _ = GuestAnswer.Does(g, () => g.Wipefs(device));
        }

        g.VgActivateAll(false);
        foreach (string array in g.ListMdDevices())
        {
            g.MdStop(array);
        }

        foreach (string device in devices)
        {
            if (wipe)
            {
                g.ZeroDevice(device);
            }
            else
            {
                g.Wipefs(device);
                g.Zero(device);
            }
        }

        return devices.All(device => GuestAnswer.Does(g, () => g.BlockdevRereadpt(device))) && GuestAnswer.Does(g, () => g.LvmScan(true));
    }

    private static void Make(GuestfsHandle g, ParseResult result)
    {
        string? table = result.GetValue(NewDiskOptions.Partition) ?? "gpt";
        TargetFilesystem? kind = result.GetValue(NewDiskOptions.Filesystem) is { } type ? new(type) : null;
        List<string> devices = [];
        foreach (string disk in g.ListDevices())
        {
            devices.Add(table == "none" ? disk : result.GetValue(Lvm) is null
                ? (kind ?? new("")).MakePartition(g, disk, table)
                : new TargetFilesystem("").MakePartition(g, disk, table, LvmMbr, LvmGpt));
        }

        if (result.GetValue(Lvm) is { } lvm && Names(lvm) is var (group, volume))
        {
            foreach (string device in devices)
            {
                g.Pvcreate(device);
            }

            g.Vgcreate(group, [.. devices]);
            g.LvcreateFree(volume, group, 100);
            devices = [$"/dev/{group}/{volume}"];
        }

        foreach (string device in devices)
        {
            kind?.Make(g, device, result.GetValue(NewDiskOptions.Label), census: null);
        }

        g.Sync();
    }

    // As LVM checks it, but before everything is erased: lvm(8).
    private static bool IsVolumeName(string name) =>
        name.Length is > 0 and < 127 && name is not ("." or "..") && name[0] != '-'
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '_' or '.' or '-');

    private static (string Group, string Volume)? Names(string lvm)
    {
        string[] names = (lvm.StartsWith("/dev/", StringComparison.Ordinal) ? lvm[5..] : lvm).Split('/');
        return names is [var group, var volume] && names.All(IsVolumeName) ? (group, volume) : null;
    }
}

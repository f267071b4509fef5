using System.CommandLine;

using Guestfs.Cli.Guests;
using Guestfs.Cli.Layout;
using Guestfs.Cli.Output;

namespace Guestfs.Cli.Commands;

/// <summary>Lists filesystems and what they lie on: virt-filesystems' job.</summary>
internal static class FilesystemsCommand
{
    private static readonly Flag All = new("--all")
    {
        Description = "Swap and what is unknown, too, and logical volumes, volume groups, physical volumes, partitions and disks.",
    };

    internal static Command Create() => GuestCommand.Create(
        "filesystems", "Lists the filesystems on the disks, and with --all what they lie on.", null, least: 0,
        [TableOptions.Human, All, DiskPictures.Svg], writes: false, RunAsync);

    private static async Task RunAsync(ParseResult result, GuestSession session, string[] paths, CancellationToken cancellationToken)
    {
        string? picture = DiskPictures.FileOf(result, session);
        await session.UnlockAsync(cancellationToken).ConfigureAwait(false);
        using TextOutput output = new();
        if (picture is not null || DiskPictures.AreShown(result))
        {
            _ = await DiskPictures.ShowAsync(result, session, output, picture, cancellationToken).ConfigureAwait(false);
        }

        Table table = new(
            output, JsonRecords.Of(result, output, "devices"), result.GetValue(TableOptions.Human),
            new("Name", "name"), new("Kind", "kind"), new("Type", "type"), new("Label", "label"), new("MBR", "mbrType"),
            new("Size", "size", ColumnKind.Size), new("Parents", "parents"), new("UUID", "uuid"));
        bool all = result.GetValue(All);
        await session.Guestfs.RunAsync(
            g =>
            {
                AddFilesystems(g, table, all);
                if (all)
                {
                    AddVolumes(g, table);
                    AddDevices(g, table);
                }
            },
            cancellationToken: cancellationToken).ConfigureAwait(false);
        table.End();
    }

    private static void AddFilesystems(GuestfsHandle g, Table table, bool all)
    {
        foreach ((string device, string type) in g.ListFilesystems())
        {
            if (all || type is not ("swap" or "unknown"))
            {
                table.Add(
                    g.CanonicalDeviceName(device), "filesystem", type, GuestAnswer.OrNull(g, () => g.VfsLabel(device)), null,
                    SizeOf(g, device),
                    ParentsOfArray(g, device), GuestAnswer.OrNull(g, () => g.VfsUuid(device)));
            }
        }
    }

    private static void AddVolumes(GuestfsHandle g, Table table)
    {
        foreach (string volume in g.Lvs())
        {
            table.Add(
                volume, "lv", null, null, null, g.BlockdevGetsize64(volume), (string[])[volume[..volume.LastIndexOf('/')]],
                g.Lvuuid(volume));
        }

        IReadOnlyList<LvmPv> physical = g.PvsFull();
        foreach (LvmVg group in g.VgsFull())
        {
            // One of these has hyphens, the other none.
            string[] parents =
            [
                .. g.Vgpvuuids(group.Name).Select(uuid => uuid.Replace("-", "", StringComparison.Ordinal))
                    .Select(uuid => physical.FirstOrDefault(pv => pv.Uuid == uuid) is { } pv
                        ? g.CanonicalDeviceName(pv.Name)
                        : uuid),
            ];
            table.Add($"/dev/{group.Name}", "vg", null, null, null, (long)group.Size, parents, group.Uuid);
        }

        foreach (LvmPv volume in physical)
        {
            table.Add(g.CanonicalDeviceName(volume.Name), "pv", null, null, null, (long)volume.Size, null, volume.Uuid);
        }
    }

    private static void AddDevices(GuestfsHandle g, Table table)
    {
        foreach (string partition in g.ListPartitions())
        {
            string disk = g.PartToDev(partition);
            string? mbr = GuestAnswer.OrNull(g, () => g.PartGetParttype(disk)) == "msdos"
                ? GuestAnswer.OrNull(g, () => g.PartGetMbrId(disk, g.PartToPartnum(partition)).ToString("x2", null))
                : null;
            table.Add(
                g.CanonicalDeviceName(partition), "partition", null, null, mbr, g.BlockdevGetsize64(partition),
                (string[])[g.CanonicalDeviceName(disk)], null);
        }

        foreach (string device in g.ListDevices())
        {
            table.Add(
                g.CanonicalDeviceName(device), "device", null, null, null, g.BlockdevGetsize64(device), ParentsOfArray(g, device), null);
        }
    }

    // A subvolume has no size of its own.
    private static long? SizeOf(GuestfsHandle g, string mountable)
    {
        if (g.MountableDevice(mountable) != mountable)
        {
            return null;
        }

        try
        {
            g.MountRo(mountable, "/");
            StatVfs status = g.Statvfs("/");
            g.UmountAll();
            return status.Blocks * status.BSize;
        }
        catch (GuestfsException) when (g.State == GuestfsState.Ready)
        {
            return g.BlockdevGetsize64(mountable);
        }
    }

    private static string[]? ParentsOfArray(GuestfsHandle g, string device) =>
        device.StartsWith("/dev/md", StringComparison.Ordinal) && device.AsSpan(7).ContainsAnyExceptInRange('0', '9') is false
            ? [.. g.MdStat(device).Select(member => g.CanonicalDeviceName(member.Device))]
            : null;
}

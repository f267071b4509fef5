// Opens a disk image and prints what is on it as a tree.
using System.Text;

using Guestfs.Appliances;

namespace Guestfs.Demo;

/// <summary>Inspection, reading and writing of the demonstration's disk.</summary>
internal static class Report
{
    internal static void Print(string image, TextWriter output)
    {
        TreeWriter tree = new();
        using GuestfsHandle g = new(new() { Appliance = new ManagedApplianceSource() });
        g.AddDrive(image, new() { Format = "qcow2" });
        g.Launch();

        tree.Node($"{Path.GetFileName(image)} ({Bytes(g.BlockdevGetsize64("/dev/sda"))}, {g.DiskFormat(image)})");
        using (tree.Indent())
        {
            Partitions(g, tree);
            Volumes(g, tree);
            foreach (string root in g.InspectOs())
            {
                OperatingSystem(g, root, tree);
            }
        }

        g.Shutdown();
        tree.Print(output);
    }

    private static void Partitions(GuestfsHandle g, TreeWriter tree)
    {
        tree.Node($"partition table: {g.PartGetParttype("/dev/sda")}");
        using (tree.Indent())
        {
            foreach (Partition p in g.PartList("/dev/sda"))
            {
                tree.Node($"/dev/sda{p.Num} '{g.PartGetName("/dev/sda", p.Num)}' {Bytes((long)p.Size)}");
            }
        }
    }

    private static void Volumes(GuestfsHandle g, TreeWriter tree)
    {
        foreach (LvmVg vg in g.VgsFull())
        {
            tree.Node($"volume group {vg.Name} ({Bytes((long)vg.Size)})");
            using (tree.Indent())
            {
                foreach (string lv in g.Lvs().Where(lv => lv.StartsWith($"/dev/{vg.Name}/", StringComparison.Ordinal)))
                {
                    tree.Node($"{lv} {Bytes(g.BlockdevGetsize64(lv))} {g.VfsType(lv)} '{g.VfsLabel(lv)}'");
                }
            }
        }
    }

    private static void OperatingSystem(GuestfsHandle g, string root, TreeWriter tree)
    {
        tree.Node($"operating system on {root}: {g.InspectGetProductName(root)}");
        using (tree.Indent())
        {
            tree.Node(
                $"{g.InspectGetType(root)}/{g.InspectGetDistro(root)} {g.InspectGetMajorVersion(root)}.{g.InspectGetMinorVersion(root)}, "
                + $"{g.InspectGetArch(root)}, host name {g.InspectGetHostname(root)}");

            // Parents before children: "/" is shorter than "/boot".
            foreach ((string mountpoint, string device) in g.InspectGetMountpoints(root).OrderBy(m => m.Key.Length))
            {
                g.Mount(device, mountpoint);
                StatVfs space = g.Statvfs(mountpoint);
                tree.Node($"{mountpoint} from {device}: {Bytes(space.BAvail * space.BSize)} free");
            }

            foreach (Application2 application in g.InspectListApplications2(root))
            {
                tree.Node($"package {application.Name} {application.Version}-{application.Release}");
            }

            Files(g, tree);
        }
    }

    private static void Files(GuestfsHandle g, TreeWriter tree)
    {
        const string notes = "/home/ada/notes.txt";
        g.WriteAppend(notes, "It might act upon other things besides number.\n"u8);
        g.Mv(notes, "/home/ada/notes-1843.txt");

        foreach (string file in g.Find("/home"))
        {
            tree.Node("/home" + file);
            string path = "/home" + file;
            if (!g.IsFile(path))
            {
                continue;
            }

            using (tree.Indent())
            {
                StatNs stat = g.Lstatns(path);
                tree.Node($"{stat.Size} bytes, owner {stat.Uid}, modified {DateTimeOffset.FromUnixTimeSeconds(stat.MtimeSec):u}");
                tree.Node($"sha256 {g.Checksum("sha256", path)}");
                foreach (Xattr attribute in g.Lgetxattrs(path).Where(a => a.Name.StartsWith("user.", StringComparison.Ordinal)))
                {
                    tree.Node($"{attribute.Name} = {Encoding.UTF8.GetString(attribute.Val)}");
                }

                foreach (string line in g.ReadLines(path))
                {
                    tree.Node($"\"{line}\"");
                }
            }
        }
    }

    private static string Bytes(long count) => count >= 1 << 20 ? $"{count / (1 << 20)} MiB" : $"{count / 1024} KiB";
}

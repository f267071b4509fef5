// A disk and its copy together: what there are two of is told, and what the kernel refuses is explained by what it says.
using Guestfs.IntegrationTests.Support;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.IntegrationTests.Inspection;

public sealed class DuplicateTests
{
    [Fact]
    public void Copies_of_filesystems_volumes_and_disks_are_told_and_do_not_mix_systems()
    {
        Command.Require("mkfs.ext4", "mkfs.xfs", "sfdisk", "cp", "blkid");
        using TempDirectory directory = new();
        string ext4 = MakeSystem(directory);
        string xfs = Make(directory, "xfs.img", 320, "mkfs.xfs", "-q");
        string gpt = Make(directory, "gpt.img", 8, "sfdisk", "-q");
        string lvm = Make(directory, "lvm.img", 32, "true");
        string[] images = [ext4, Copy(ext4), xfs, Copy(xfs), gpt, Copy(gpt), lvm, Copy(lvm)];

        using GuestfsHandle g = NewHandle.ForAppliance();
        foreach (string image in images)
        {
            g.AddDrive(image, new AddDriveOptions { Format = "raw" });
        }

        g.Launch();
        string[] devices = g.ListDevices();
        g.Pvcreate(devices[6]);
        g.Vgcreate("vg", [devices[6]]);
        g.CopyDeviceToDevice(devices[6], devices[7]);
        GuestInspection systems = g.Inspect();

        AssertTold(0, "type ext4 ", Uuid(ext4));
        AssertTold(2, "nouuid", Uuid(xfs));
        AssertTold(4, "GUID", Command.Run("sfdisk", "--disk-id", gpt).Trim().ToLowerInvariant());
        AssertTold(6, $"It has taken {g.Debug("sh", ["lvm pvs --noheadings -o pv_name 2>/dev/null"]).Trim()}", null);
        Assert.Equal(4, systems.Problems.Count);

        // Each system has its own disk, though both name it by the same UUID, and knows of the other.
        Assert.Equal(devices[..2], systems.Select(os => os.Root));
        Assert.All(systems, os =>
        {
            Assert.Equal(os.Root, os.Mountpoints.Single(m => m.Path == "/").Mountable);
            Assert.Same(systems.Problems.Single(p => p.Message.Contains("ext4", StringComparison.Ordinal)), Assert.Single(os.Problems));
        });

        AssertKernelIsHeard(g, devices[2], devices[3]);

        void AssertTold(int first, string part, string? identity)
        {
            GuestDeviceException problem = Assert.Single(systems.Problems.Cast<GuestDeviceException>(), p => p.Device == devices[first]);
            string told = problem.Message;
            Assert.StartsWith($"{devices[first]} ({images[first]}) and ", told, StringComparison.Ordinal);
            Assert.Contains($"{devices[first + 1]} ({images[first + 1]})", told, StringComparison.Ordinal);
            Assert.Contains(part, told, StringComparison.Ordinal);
            Assert.Contains(identity ?? "", told, StringComparison.Ordinal);
        }
    }

    // The advice is followed, and helps.
    private static void AssertKernelIsHeard(GuestfsHandle g, string first, string second)
    {
        g.Mount(first, "/");
        g.Mkdir("/copy");
        g.UmountAll();
        GuestMountReport report = g.MountAll(new GuestOperatingSystem { Root = first, Mountpoints = [new("/copy", second, "xfs")] });
        string remedy = Assert.Single(report.Failed).Remedy;
        Assert.Contains("duplicate UUID", g.Dmesg(), StringComparison.Ordinal);
        Assert.Contains("duplicate UUID", remedy, StringComparison.Ordinal);
        const string Options = "ro,norecovery,nouuid";
        Assert.Contains(Options, remedy, StringComparison.Ordinal);
        Assert.DoesNotContain("damaged", remedy, StringComparison.Ordinal);
        g.MountOptions(Options, second, "/copy");
        g.UmountAll();
    }

    private static string MakeSystem(TempDirectory directory)
    {
        const string Uuid = "11111111-2222-3333-4444-555555555555";
        string root = Directory.CreateDirectory(directory.File("root")).FullName;
        Directory.CreateDirectory(Path.Combine(root, "bin"));
        Directory.CreateDirectory(Path.Combine(root, "etc"));
        File.WriteAllText(Path.Combine(root, "etc/fstab"), $"UUID={Uuid} / ext4 defaults 0 1\n");
        return Make(directory, "ext4.img", 8, "mkfs.ext4", "-q", "-U", Uuid, "-d", root);
    }

    private static string Make(TempDirectory directory, string name, int megabytes, string program, params string[] options)
    {
        string image = directory.File(name);
        using (FileStream file = File.Create(image))
        {
            file.SetLength((long)megabytes << 20);
        }

        Command.Run("sh", ["-c", "printf 'label: gpt\\n,1M\\n' | \"$@\"", "sh", program, .. options, image]);
        return image;
    }

    private static string Copy(string image)
    {
        string copy = image + ".copy";
        Command.Run("cp", "--sparse=always", image, copy);
        return copy;
    }

    private static string Uuid(string image) => Command.Run("blkid", "-p", "-o", "value", "-s", "UUID", image).Trim();
}

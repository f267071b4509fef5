// Makes the disk image of the demonstration, as an installer would.
using System.Text;

using Guestfs.Appliances;

using static System.IO.UnixFileMode;

namespace Guestfs.Demo;

/// <summary>A qcow2 disk: GPT, a boot partition, and LVM with a root and a data volume, all ext4.</summary>
internal static class DemoDisk
{
    private const long SizeInBytes = 1L << 30;
    private const string LinuxLvm = "E6D6D379-F507-44C2-A23C-238F2A3DF928";

    /// <summary>Creates the image; the file must not exist yet.</summary>
    internal static void Make(string image)
    {
        using GuestfsHandle g = new(new() { Appliance = new ManagedApplianceSource() });
        g.DiskCreate(image, "qcow2", SizeInBytes);
        g.AddDrive(image, new() { Format = "qcow2" });
        g.Launch();

        g.PartInit("/dev/sda", "gpt");
        g.PartAdd("/dev/sda", "primary", 2048, 133_119);
        g.PartAdd("/dev/sda", "primary", 133_120, -2048);
        g.PartSetName("/dev/sda", 1, "boot");
        g.PartSetName("/dev/sda", 2, "system");
        g.PartSetGptType("/dev/sda", 2, LinuxLvm);

        g.Pvcreate("/dev/sda2");
        g.Vgcreate("demo", ["/dev/sda2"]);
        g.Lvcreate("root", "demo", 512);
        g.LvcreateFree("data", "demo", 100);

        g.Mkfs("ext4", "/dev/sda1", new() { Label = "BOOT" });
        g.Mkfs("ext4", "/dev/demo/root", new() { Label = "ROOT" });
        g.Mkfs("ext4", "/dev/demo/data", new() { Label = "DATA" });

        g.Mount("/dev/demo/root", "/");
        g.MkdirP("/boot");
        g.MkdirP("/srv");
        g.Mount("/dev/sda1", "/boot");
        g.Mount("/dev/demo/data", "/srv");
        Install(g);

        // Closing cannot report that a write failed; this can.
        g.Shutdown();
    }

    // What inspection looks for in a Debian-like system, and something to read.
    private static void Install(GuestfsHandle g)
    {
        foreach (string directory in (string[])["/bin", "/etc", "/usr/bin", "/usr/lib", "/var/lib/dpkg", "/home/ada"])
        {
            g.MkdirP(directory);
        }

        Write(g, "/etc/os-release", """
            ID=debian
            NAME="Debian GNU/Linux"
            PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
            VERSION_ID="12"

            """);
        Write(g, "/etc/hostname", "demo.example.org\n");
        Write(g, "/etc/fstab", """
            /dev/demo/root /     ext4 defaults 0 1
            LABEL=BOOT     /boot ext4 defaults 0 2
            /dev/demo/data /srv  ext4 defaults 0 2

            """);
        Write(g, "/var/lib/dpkg/status", """
            Package: hello
            Status: install ok installed
            Version: 2.10-3
            Architecture: amd64
            Description: example package


            """);
        Write(g, "/home/ada/notes.txt", "The Analytical Engine weaves algebraic patterns.\n");

        // Any program of this machine tells inspection the architecture.
        g.Upload("/bin/ls", "/bin/ls");
        g.Chmod(UserRead | UserWrite | UserExecute | GroupRead | GroupExecute | OtherRead | OtherExecute, "/bin/ls");
        g.Chown(1000, 1000, "/home/ada/notes.txt");
        g.Lsetxattr("user.comment", "first draft", 11, "/home/ada/notes.txt");
        g.LnS("/home/ada/notes.txt", "/srv/notes");
    }

    private static void Write(GuestfsHandle g, string path, string text) => g.Write(path, Encoding.UTF8.GetBytes(text));
}

// Windows in a partition that Windows encrypted, and volumes that open in other ways. The images and what is in them are from the tests
// of cryptsetup, which says on the host what opens each.
using Guestfs.IntegrationTests.Support;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.IntegrationTests.Inspection;

public sealed class BitLockerTests : IDisposable
{
    private const string Plain = "bitlk-aes-xts-128", ToGo = "bitlk-togo-aes-xts-128", OnWrite = "bitlk-aes-xts-128-eow";
    private const int Megabyte = 1 << 20;

    private readonly TempDirectory directory = new();

    [Fact]
    public void Windows_in_BitLocker_opens_with_its_passphrase_or_recovery_key_and_says_what_is_missing_without()
    {
        Command.Require("cryptsetup", "sfdisk", "dd", "tar");
        string[] names = [Plain, ToGo, OnWrite];
        string[] images = BitLockerImages.Unpack(directory.Path, names);
        IReadOnlyDictionary<string, string>[] facts = [.. names.Select(BitLockerImages.Facts)];
        string recoveryKey = RecoveryKey(images[0]);
        using GuestfsHandle g = NewHandle.ForAppliance();
        foreach (string image in (string[])[InPartition(images[0]), .. images[1..]])
        {
            g.AddDrive(image, new AddDriveOptions { Format = "raw" });
        }

        g.Launch();
        string[] disks = g.ListDevices();
        string[] devices = [disks[0] + "1", .. disks[1..]];
        InstallWindows(g, devices[0], facts[0]);

        // Without keys: each is told, and what opens it.
        GuestInspection closed = g.Inspect();
        Assert.Empty(closed);
        Assert.Equal(
            devices.Order(StringComparer.Ordinal).Select(d => (d, "BitLocker", (string?)null)),
            closed.EncryptedDevices.OrderBy(e => e.Device, StringComparer.Ordinal).Select(e => (e.Device, e.Type, e.Mapping)));
        Assert.Contains(
            $"It opens with its passphrase, or with the recovery key with the identifier {recoveryKey}.",
            Said(closed, devices[0]),
            StringComparison.Ordinal);

        // A wrong passphrase, and what cryptsetup cannot open with the right one.
        GuestInspection wrong = g.Inspect(new()
        {
            Keys = [GuestKey.FromPassphrase("not this one", devices[0]), GuestKey.FromPassphrase(facts[2]["PW"], devices[2])],
        });
        Assert.Empty(wrong);
        Assert.Contains("the key does not open it", Said(wrong, devices[0]), StringComparison.Ordinal);
        Assert.Contains("encrypt-on-write", Said(wrong, devices[2]), StringComparison.Ordinal);
        Assert.Contains("have Windows encrypt or decrypt it wholly", Said(wrong, devices[2]), StringComparison.Ordinal);

        // A recovery key, and a passphrase that is tried on all.
        GuestInspection open = g.Inspect(new()
        {
            Keys = [GuestKey.FromPassphrase(facts[0]["RP"], devices[0]), GuestKey.FromPassphrase(facts[1]["PW"])],
        });
        Assert.Equal([devices[2]], open.EncryptedDevices.Where(e => e.Mapping is null).Select(e => e.Device));
        Assert.Equal(facts[1]["UUID"], g.VfsUuid(open.EncryptedDevices.Single(e => e.Device == devices[1]).Mapping!));
        GuestOperatingSystem os = Assert.Single(open);
        string root = open.EncryptedDevices.Single(e => e.Device == devices[0]).Mapping!;
        Assert.Equal((root, "windows", "Windows 7 Enterprise", "winhost"), (os.Root, os.Type, os.ProductName, os.HostName));
        Assert.Equal(root, os.DriveMappings["C"]);
        Assert.True(g.MountAll(os).IsComplete);
        Assert.Equal("Example", Assert.Single(g.ListApplications(os).Applications).Name);
        g.UmountAll();
    }

    public void Dispose() => directory.Dispose();

    private static string Said(GuestInspection inspection, string device) =>
        Assert.Single(inspection.Problems.OfType<GuestDeviceException>(), p => p.Device == device).Message;

    private static string RecoveryKey(string image)
    {
        string[] dump = Command.Run("cryptsetup", "bitlkDump", image).Split('\n');
        int at = Array.FindIndex(dump, line => line.Contains("recovery passphrase", StringComparison.Ordinal));
        return dump[at - 1].Split(':')[1].Trim().ToUpperInvariant();
    }

    // With the disk's identifier that the registry of the guest has.
    private string InPartition(string volume)
    {
        string disk = directory.File("disk");
        using (FileStream file = File.Create(disk))
        {
            file.SetLength(new FileInfo(volume).Length + (2 * Megabyte));
        }

        uint id = BitConverter.ToUInt32(System.Text.Encoding.ASCII.GetBytes(FakeWindows.DiskId));
        CommandResult made = Command.TryRun(
            "sfdisk", ["-q", disk], input: $"label: dos\nlabel-id: 0x{id:x}\nstart=1MiB, size=100MiB, type=7\n");
        Assert.True(made.ExitCode == 0, made.Error);
        Command.Run("dd", $"if={volume}", $"of={disk}", "bs=1M", "seek=1", "conv=sparse,notrunc");
        return disk;
    }

    // On a filesystem of our own: that of the image has no content but its beginning.
    private void InstallWindows(GuestfsHandle g, string device, IReadOnlyDictionary<string, string> facts)
    {
        const string Mapping = "/dev/mapper/made";
        g.CryptsetupOpen(device, facts["PW"], "made", new() { CryptType = "bitlk" });
        Assert.Equal(facts["UUID"], g.VfsUuid(Mapping));
        g.Mkfs("vfat", Mapping);
        g.Mount(Mapping, "/");
        FakeWindows.Install(g, directory, ('C', Megabyte));
        g.UmountAll();
        g.CryptsetupClose(Mapping);
    }
}

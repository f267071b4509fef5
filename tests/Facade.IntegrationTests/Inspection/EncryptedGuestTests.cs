// A guest on a logical volume in LUKS, with LUKS in another logical volume. The host's cryptsetup made all headers and reads them;
// libguestfs says what system is in what was opened.
using System.Globalization;
using System.Text;
using System.Text.Json;

using Guestfs.IntegrationTests.Support;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.IntegrationTests.Inspection;

public sealed class EncryptedGuestTests
{
    private const string RootKey = "schlüssel:root", DataKey = "second\nline";

    [Fact]
    public void An_encrypted_guest_opens_with_its_keys_and_says_what_is_missing_without()
    {
        using EncryptedGuest guest = new();
        GuestfsHandle g = guest.Guestfs;
        StringBuilder said = new();
        g.TraceMessageReceived += (_, e) => said.AppendLine(e.Text);
        g.LibraryMessageReceived += (_, e) => said.AppendLine(e.Text);
        g.ConsoleOutputReceived += (_, e) => said.AppendLine(e.Text);
        g.SetTrace(true);

        // Nothing, but not in silence: each device with what would open it.
        GuestInspection closed = g.Inspect();
        Assert.Empty(closed);
        Assert.Equal(
            [(guest.Hungry.Device, guest.HungryUuid, null), (guest.Partition, guest.RootUuid, null)],
            closed.EncryptedDevices.Select(e => (e.Device, e.Uuid, e.Mapping)));
        Assert.All(
            closed.Problems, p => Assert.Contains("give a key for it with InspectOptions.Keys", p.Message, StringComparison.Ordinal));

        // A wrong key, and one that needs more memory than there is, which is not even tried.
        GuestInspection wrong = g.Inspect(new()
        {
            Keys = [GuestKey.FromPassphrase("not this one", guest.Partition), GuestKey.FromPassphrase("hungry", guest.HungryUuid)],
        });
        Assert.Equal([guest.Hungry.Device, guest.Partition], wrong.Problems.Cast<GuestDeviceException>().Select(p => p.Device));
        Assert.Contains("the key does not open it", wrong.Problems[1].Message, StringComparison.Ordinal);
        string needed = ((guest.HungryMemory >> 10) + 192).ToString(CultureInfo.InvariantCulture);
        Assert.Contains("SetMemsize with " + needed, wrong.Problems[0].Message, StringComparison.Ordinal);
        Assert.Null(wrong.Problems[0].InnerException);

        // The root alone: the other volume is seen, and MountAll can still open it.
        string keyFile = guest.HostFile("key");
        File.WriteAllText(keyFile, RootKey + "\n");
        GuestInspection root = g.Inspect(new() { Keys = [GuestKey.Parse($"{guest.RootUuid.ToUpperInvariant()}:file:{keyFile}")] });
        GuestOperatingSystem os = Assert.Single(root);
        Assert.Equal(("/dev/cvg/root", "debian"), (os.Root, os.Distro));
        Assert.Empty(os.Problems);
        Assert.Equal(
            [$"/dev/mapper/luks-{guest.RootUuid}", null, null],
            root.EncryptedDevices.Select(e => e.Mapping).OrderByDescending(m => m, StringComparer.Ordinal));
        Assert.Equal("/dev/cvg/data", root.Problems.Cast<GuestDeviceException>().Single(p => p.Device != guest.Hungry.Device).Device);
        Assert.Contains("encrypted", Assert.Single(g.MountAll(os).Failed).Remedy, StringComparison.Ordinal);
        g.UmountAll();
        GuestMountReport all = g.MountAll(os, keys: [GuestKey.FromBytes(Encoding.UTF8.GetBytes(DataKey), "/dev/mapper/cvg-data")]);
        Assert.True(all.IsComplete);
        Assert.Equal("only here", g.Cat("/data/file"));
        g.UmountAll();

        // The same words as libguestfs, for which now everything is open, and what was open is not asked for keys again.
        GuestInspection again = g.Inspect();
        Assert.Equal(
            new HashSet<string>([$"/dev/mapper/luks-{guest.DataUuid}", $"/dev/mapper/luks-{guest.RootUuid}"]),
            again.EncryptedDevices.Select(e => e.Mapping).OfType<string>().ToHashSet());
        GuestOperatingSystem judge = Assert.Single(g.InspectByLibguestfs());
        GuestOperatingSystem open = Assert.Single(again);
        Assert.Equal(("/data", $"/dev/mapper/luks-{guest.DataUuid}", "ext2"), Mount(open, "/data"));
        Assert.Equal(JsonSerializer.Serialize(judge with { Mountpoints = [], Filesystems = [] }),
            JsonSerializer.Serialize(open with { Mountpoints = [], MountEntries = [], Filesystems = [] }));
        Assert.Equal(judge.Mountpoints.Select(m => m.Path), open.Mountpoints.Select(m => m.Path));

        string heard = said.ToString();
        Assert.Contains("cryptsetup_open", heard, StringComparison.Ordinal);
        foreach (string secret in (string[])["schl", "second", "not this one", "hungry\""])
        {
            Assert.DoesNotContain(secret, heard, StringComparison.Ordinal);
            Assert.DoesNotContain(wrong.Problems, p => p.ToString().Contains(secret, StringComparison.Ordinal));
        }

        static (string, string, string?) Mount(GuestOperatingSystem os, string path) =>
            os.Mountpoints.Where(m => m.Path == path).Select(m => (m.Path, m.Mountable, m.FilesystemType)).Single();
    }

    private sealed class EncryptedGuest : ApplianceFixture
    {
        private const int MegabyteSectors = 2048;

        // The least in which argon2 is still quick to compute.
        private const int Memsize = 384;

        internal EncryptedGuest()
            : base([70L << 20, 20L << 20], Memsize)
        {
            ScratchDisk[] disks = TakeAllDisks();
            (Hungry, Partition) = (disks[1], disks[0].Device + "1");
            HungryUuid = Format(Hungry.Image, "hungry", "--type", "luks2", "--pbkdf", "argon2id", "--pbkdf-memory", "393216",
                "--pbkdf-parallel", "1", "--pbkdf-force-iterations", "4");
            string judge = Command.Run("cryptsetup", "luksDump", Hungry.Image);
            HungryMemory = long.Parse(
                judge.Split('\n').Single(l => l.Contains("Memory:", StringComparison.Ordinal)).Split(':')[1], CultureInfo.InvariantCulture);
            Guestfs.BlockdevFlushbufs(Hungry.Device);

            Guestfs.PartInit(disks[0].Device, "mbr");
            Guestfs.PartAdd(disks[0].Device, "p", MegabyteSectors, -1);
            RootUuid = Encrypt(Partition, 68, RootKey, "luks2");
            Guestfs.CryptsetupOpen(Partition, RootKey, "made");
            Guestfs.Pvcreate("/dev/mapper/made");
            Guestfs.Vgcreate("cvg", ["/dev/mapper/made"]);
            Guestfs.Lvcreate("root", "cvg", 20);
            Guestfs.Lvcreate("data", "cvg", 20);
            DataUuid = Encrypt("/dev/cvg/data", 20, DataKey, "luks1");
            Guestfs.CryptsetupOpen("/dev/cvg/data", DataKey, "data");
            Guestfs.Mkfs("ext2", "/dev/mapper/data");
            Guestfs.Mount("/dev/mapper/data", "/");
            Guestfs.Write("/file", "only here"u8);
            Guestfs.UmountAll();
            Guestfs.CryptsetupClose("/dev/mapper/data");

            Guestfs.Mkfs("ext2", "/dev/cvg/root");
            Guestfs.Mount("/dev/cvg/root", "/");
            FakeDebian.Install(Guestfs, "/dev/mapper/cvg-root / ext4 defaults 0 1\n/dev/mapper/data /data ext4 defaults 0 2\n", "crypt");
            Guestfs.Write("/etc/crypttab", Encoding.UTF8.GetBytes($"pv UUID={RootUuid} none luks\ndata /dev/cvg/data none luks\n"));
            Guestfs.Mkdir("/data");
            Guestfs.UmountAll();
            Guestfs.VgActivate(false, ["cvg"]);
            Guestfs.CryptsetupClose("/dev/mapper/made");
        }

        internal string Partition { get; }

        internal ScratchDisk Hungry { get; }

        internal string RootUuid { get; }

        internal string DataUuid { get; }

        internal string HungryUuid { get; }

        /// <summary>What its key needs, in KiB.</summary>
        internal long HungryMemory { get; }

        // In a file that is then copied, since the host has no device for it.
        private string Encrypt(string device, int megabytes, string key, string type)
        {
            string image = HostFile("header");
            File.WriteAllBytes(image, []);
            using (FileStream file = File.OpenWrite(image))
            {
                file.SetLength((long)megabytes << 20);
            }

            string uuid = Format(image, key, "--type", type, "--pbkdf-force-iterations", "1000",
                type == "luks2" ? "--pbkdf=pbkdf2" : "--verbose");
            Guestfs.Upload(image, device);
            return uuid;
        }

        private static string Format(string image, string key, params string[] options)
        {
            LuksImage.Format(image, key, options);
            return Command.Run("cryptsetup", "luksUUID", image).Trim();
        }
    }
}

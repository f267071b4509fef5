// Encrypted disks, whose headers cryptsetup on the host reads and opens with the keys.
using Guestfs.IntegrationTests.Support;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.IntegrationTests.Disks;

// A key costs seconds of deliberately hard arithmetic, and more under emulation: where a test needs only some key, the
// host made it, with a cheap function.
[Collection(nameof(DisksAppliance))]
public sealed class LuksTests(DisksAppliance appliance)
{
    private readonly GuestfsHandle g = appliance.Guestfs;

    [Fact]
    public void A_disk_is_encrypted_with_a_key_that_the_host_can_use()
    {
        ScratchDisk disk = Prepare();
        g.LuksFormat(disk.Device, "schlüssel", 2);
        appliance.Flush();

        string dump = Command.Run("cryptsetup", "luksDump", disk.Image);
        Assert.Equal(ExtJudge.Fields(dump)["UUID"], g.LuksUuid(disk.Device));
        Assert.Matches(@"Keyslots:\s+2: luks", dump);
        Assert.Equal(0, HostOpens(disk, "schlüssel"));
        Assert.NotEqual(0, HostOpens(disk, "schluessel"));
        Assert.Equal("crypto_LUKS", g.VfsType(disk.Device));
    }

    [Fact]
    public void A_disk_that_the_host_encrypted_is_opened_used_and_closed()
    {
        ScratchDisk disk = Prepare();
        EncryptOnHost(disk, "the key");
        GuestfsException wrong = Assert.Throws<GuestfsException>(() => g.CryptsetupOpen(disk.Device, "wrong", "secret"));
        Assert.Equal("cryptsetup_open", wrong.Operation);
        Assert.Contains("No key available", wrong.Message, StringComparison.Ordinal);

        g.CryptsetupOpen(disk.Device, "the key", "secret");
        Assert.Contains("/dev/mapper/secret", g.ListDmDevices());
        g.Mkfs("ext4", "/dev/mapper/secret", new MkfsOptions { Label = "PLAINTEXTLABEL" });
        string root = appliance.Mount("/dev/mapper/secret");
        g.Write(root + "/file", "PLAINTEXTCONTENT"u8);
        Assert.Equal("PLAINTEXTCONTENT", appliance.Shell($"cat /sysroot{root}/file"));
        appliance.Unmount(root);
        g.CryptsetupClose("/dev/mapper/secret");
        Assert.DoesNotContain("secret", appliance.Shell("dmsetup ls"), StringComparison.Ordinal);

        // What the host sees is no filesystem, and nothing of the text.
        appliance.Flush();
        Assert.Equal(1, Command.TryRun("grep", ["-qaE", "PLAINTEXT(LABEL|CONTENT)", disk.Image]).ExitCode);
    }

    [Fact]
    public void Keys_are_added_and_removed()
    {
        ScratchDisk disk = Prepare();
        EncryptOnHost(disk, "first");
        g.LuksAddKey(disk.Device, "first", "second", 5);
        appliance.Flush();
        Assert.Equal((0, 0), (HostOpens(disk, "first"), HostOpens(disk, "second")));

        g.LuksKillSlot(disk.Device, "first", 5);
        appliance.Flush();
        Assert.Equal(0, HostOpens(disk, "first"));
        Assert.NotEqual(0, HostOpens(disk, "second"));
        Assert.Equal("luks_kill_slot", Assert.Throws<GuestfsException>(() => g.LuksKillSlot(disk.Device, "first", 5)).Operation);
    }

    private ScratchDisk Prepare()
    {
        Command.Require("cryptsetup");
        Assert.SkipUnless(g.FeatureAvailable(["luks"]), "The appliance has no cryptsetup.");
        return appliance.TakeDisk();
    }

    private void EncryptOnHost(ScratchDisk disk, string key)
    {
        LuksImage.FormatQuickly(disk.Image, key, version: 2);
        g.BlockdevFlushbufs(disk.Device);
    }

    private static int HostOpens(ScratchDisk disk, string key) =>
        Command.TryRun("cryptsetup", ["open", "--test-passphrase", "--key-file", "-", disk.Image], input: key).ExitCode;
}

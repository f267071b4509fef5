// The same work on our appliance and on upstream's, with the same answers.
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.Build;

public sealed class SessionTests(DistributionAppliance appliance) : IClassFixture<DistributionAppliance>
{
    // Partitions, LVM, RAID, encryption, and a small system to inspect.
    private const string Script = """
        run
        part-init /dev/sda gpt
        part-add /dev/sda p 2048 133119
        part-add /dev/sda p 133120 264191
        part-add /dev/sda p 264192 329727
        part-add /dev/sda p 329728 395263
        part-list /dev/sda
        mkfs ext4 /dev/sda1 label:system
        pvcreate /dev/sda2
        vgcreate vg /dev/sda2
        lvcreate data vg 48
        mkfs ext4 /dev/vg/data
        lvs
        md-create mirror "/dev/sda3 /dev/sda4" level:raid1
        list-md-devices
        mkfs ext2 /dev/md/mirror
        luks-open /dev/sdb secrets
        secret
        list-dm-devices
        mkfs vfat /dev/mapper/secrets
        mount /dev/sda1 /
        mkdir-p /etc
        mkdir-p /bin
        mkdir-p /usr/bin
        mkdir-p /var/log
        mkdir-p /boot
        write /etc/debian_version "12.4\n"
        write /etc/os-release "ID=debian\nVERSION_ID=\"12\"\nPRETTY_NAME=\"Debian GNU/Linux 12\"\n"
        write /etc/hostname "inspected\n"
        write /etc/fstab "LABEL=system / ext4 defaults 0 0\n/dev/vg/data /data auto defaults 0 0\n"
        write /bin/sh "no shell"
        mkdir /data
        mkdir /mirror
        mkdir /secrets
        mount /dev/vg/data /data
        mount /dev/md/mirror /mirror
        mount /dev/mapper/secrets /secrets
        fill-pattern "a pattern " 100000 /data/file
        cp-a /data/file /mirror/file
        copy-file-to-file /data/file /secrets/file
        checksum sha256 /data/file
        checksum sha256 /mirror/file
        checksum sha256 /secrets/file
        ln-s file /data/link
        setxattr user.test value 5 /data/file
        getxattr /data/file user.test
        ls /data
        find /
        umount-all
        vfs-type /dev/mapper/secrets
        vfs-type /dev/md/mirror
        vfs-type /dev/vg/data
        luks-close /dev/mapper/secrets
        md-stop /dev/md/mirror
        vg-activate false vg
        inspect-os
        inspect-get-type /dev/sda1
        inspect-get-distro /dev/sda1
        inspect-get-major-version /dev/sda1
        inspect-get-product-name /dev/sda1
        inspect-get-hostname /dev/sda1
        inspect-get-mountpoints /dev/sda1
        available "augeas lvm2 mdadm luks"

        """;

    [Fact]
    public async Task A_session_gives_the_same_answers_as_on_upstreams_appliance()
    {
        Command.Require("guestfish", "cryptsetup");

        // At once, since most of it is one processor's work.
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        string[] answers = await Task.WhenAll(
            Task.Run(() => Run(null), cancellationToken), Task.Run(() => Run(appliance.Directory), cancellationToken));
        string ours = answers[1];
        Assert.Equal(answers[0], ours);
        Assert.Contains("inspected", ours, StringComparison.Ordinal);
        Assert.Contains("/dev/mapper/secrets", ours, StringComparison.Ordinal);
        Assert.Contains("vfat\next2\next4\n", ours, StringComparison.Ordinal);
    }

    private static string Run(string? path)
    {
        using TempDirectory directory = new();
        List<string> disks = [];
        foreach (int megabytes in new[] { 200, 48 })
        {
            disks.Add(directory.File($"disk{disks.Count}"));
            Command.Run("truncate", "-s", $"{megabytes}M", disks[^1]);
        }

        LuksImage.FormatQuickly(disks[1], "secret", version: 2);
        return Guestfish.Run(path, disks, Script);
    }
}

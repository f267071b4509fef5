// Both profiles are asked the same of the same disks: upstream's own init script, in the stock one, is the judge of the fast one.
using Guestfs.Appliances;
using Guestfs.IntegrationTests.Inspection;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.IntegrationTests.Fast;

public sealed class ProfilesTests(Profiles profiles) : IClassFixture<Profiles>
{
    private const long Small = 64L << 20, Large = 640L << 20;
    private const int PlainDisks = 3, StackDisks = 4;
    private static readonly int[] StackPartitions = [120, 120, 60, 40, 60, 40, 40, 40];

    // One launch for each profile and set of disks: first what needs neither udev nor anything to be assembled, then the rest,
    // which the fast appliance itself prepares. The soak also inspects the latter, which takes minutes.
    [Fact]
    public void Of_all_layouts_of_disks_the_fast_appliance_says_what_the_stock_one_says()
    {
        Command.Require("mke2fs", "sfdisk");
        List<AddDrive> disks = [.. PlainImages().Select(image => new AddDrive(image, new AddDriveOptions { Format = "raw" }))];
        disks.AddRange(Enumerable.Range(0, StackDisks)
            .Select(i => new AddDrive(Image($"stack{i}", i == 0 ? Large : Small), new AddDriveOptions { Format = "raw" })));

        IReadOnlyList<string>? expected = Soak.IsOn ? AnswersOf(ApplianceProfile.Stock, disks, inspect: false, null) : null;
        IReadOnlyList<string> plain = AnswersOf(
            ApplianceProfile.Fast, disks, inspect: false, g => PrepareStacks(g, g.ListDevices()[PlainDisks..]));
        if (expected is not null)
        {
            Assert.Equal(expected, plain);
        }

        // The first is also marked as a Windows dynamic disk, but without its database.
        disks.Add(new(Image("labelled", Small), new AddDriveOptions { Format = "raw", Label = "alpha" }));
        disks.Add(new(Image("ide", Small), new AddDriveOptions { Format = "raw", Iface = "ide" }));
        disks.Add(new(Image("virtio", Small), new AddDriveOptions { Format = "raw", Iface = "virtio" }));
        disks.Add(new(Image("sectors", Small), new AddDriveOptions { Format = "raw", BlockSize = 4096 }));
        Command.Run("mke2fs", "-q", "-t", "ext4", "-b", "4096", "-U", "0a0b0c0d-0000-4000-8000-000000000002", disks[^1].Image);
        Partition(disks[^4].Image, "label: dos\n2048,20480,42\n,20480\n");
        IReadOnlyList<string> stacked = AnswersOf(ApplianceProfile.Stock, disks, Soak.IsOn, OpenLuks);
        Assert.Equal(stacked, AnswersOf(ApplianceProfile.Fast, disks, Soak.IsOn, OpenLuks));

        // What is resumed has disks on libguestfs' usual bus alone. Its root is not there, and has no link.
        AddDrive[] usual = [.. disks.Where(disk => disk.Options.Iface is null)];
        IReadOnlyList<string> booted = AnswersOf(ApplianceProfile.Fast, usual, Soak.IsOn, OpenLuks);
        Assert.Equal(
            booted.Where(line => !line.EndsWith($"-scsi-0:0:{usual.Length}:0", StringComparison.Ordinal)),
            AnswersOf(null, usual, Soak.IsOn, OpenLuks));

        // That there was something to compare.
        Assert.Contains("lvs: /dev/spread/wide", stacked);
        Assert.Equal(4, stacked.Count(line => line.StartsWith("list-md-devices:", StringComparison.Ordinal)));
        Assert.Contains("list-disk-labels: alpha = /dev/sd", string.Concat(stacked), StringComparison.Ordinal);
        Assert.True(!Soak.IsOn || stacked.Contains("type: debian"), "inspection found no system");
    }

    [Fact]
    public void Any_number_of_disks_has_the_same_names_and_links_in_as_little_memory()
    {
        int[] counts = Soak.IsOn ? [1, 2, 30, 250] : [2];
        foreach (int count in counts)
        {
            AddDrive[] disks =
            [
                .. Enumerable.Range(0, count).Select(i => new AddDrive(Image($"many{i}", 1 << 20), new AddDriveOptions { Format = "raw" })),
            ];
            long stock = 0, fast = 0;
            IReadOnlyList<string> expected = AnswersOf(
                ApplianceProfile.Stock, disks, inspect: false, g => stock = AvailableMemory(g), memory: 512);
            Assert.Equal(expected, AnswersOf(ApplianceProfile.Fast, disks, inspect: false, g => fast = AvailableMemory(g), memory: 512));
            Assert.Equal(
                expected.Where(line => !line.EndsWith($"-scsi-0:0:{count}:0", StringComparison.Ordinal)),
                AnswersOf(null, disks, inspect: false, null, memory: 512));
            Assert.True(fast > stock * 0.98, $"With {count} disks {fast} KiB are left of 512 MiB, {stock} in the stock profile.");
        }
    }

    // Disks that Windows made, and the volumes on them, are from the tests of libldm.
    [Fact]
    public void Volumes_on_dynamic_disks_of_Windows_can_be_read()
    {
        using TempDirectory directory = new();
        Command.Run(
            "tar", "-xSf", Path.Combine(UpstreamPackages.UnpackSource("sid", "libldm"), "test/data/ldm-data.tar.xz"), "-C", directory.Path);
        (string Windows, string[] Volumes)[] sets =
        [
            ("2003r2", ["Volume1", "Volume2", "Stripe1", "Volume3", "Raid1"]), ("2008r2", ["Volume1", "Volume2", "Volume3", "Volume4"]),
        ];
        foreach ((string windows, string[] volumes) in sets.Take(Soak.Rounds(1, sets.Length)))
        {
            AddDrive[] disks = [.. Directory.GetFiles(directory.Path, $"ldm-{windows}-*.img").Order(StringComparer.Ordinal)
                .Select(image => new AddDrive(image, new AddDriveOptions { Format = "raw", ReadOnly = true }))];
            IReadOnlyList<string> answers = AnswersOf(ApplianceProfile.Fast, disks, inspect: false, g => Assert.All(volumes, volume =>
            {
                g.MountRo(g.ListLdmVolumes().Single(name => name.EndsWith("_" + volume, StringComparison.Ordinal)), "/");
                Assert.Equal("Filesystem test", g.Cat("/test.txt"));
                g.Umount("/");
            }));
            if (Soak.IsOn)
            {
                Assert.Equal(AnswersOf(ApplianceProfile.Stock, disks, inspect: false, null), answers);
            }
        }
    }

    // SELinux is for upstream's own init script.
    [Fact]
    public void What_is_no_ordinary_session_is_upstreams()
    {
        using GuestfsHandle g = profiles.NewHandleFor(ApplianceProfile.Fast);
        g.SetAppend("selinux=1");
        g.AddDriveScratch(1 << 20);
        g.Launch();
        Assert.Contains("sh", g.Debug("sh", ["readlink /proc/1/exe"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Launches_in_a_row_all_work()
    {
        AddDrive disk = new(Image("again", 16 << 20), new AddDriveOptions { Format = "raw" });
        for (int i = Soak.Rounds(3, 200); i > 0; i--)
        {
            using GuestfsHandle g = profiles.NewHandleFor(ApplianceProfile.Fast);
            g.AddDrive(disk.Image, disk.Options);
            g.Launch();
            g.Mkfs("ext2", "/dev/sda");
            g.Mount("/dev/sda", "/");
            g.Write("/round", System.Text.Encoding.UTF8.GetBytes($"{i}"));
            g.Shutdown();
        }

        Assert.Equal("1", Command.Run("debugfs", "-R", "cat /round", disk.Image));
    }

    // The init speaks the private protocol of systemd's udevd, whose own client is the judge, whatever its version.
    [Fact]
    public void Udevd_starts_when_it_is_needed_and_not_before()
    {
        using GuestfsHandle g = profiles.NewHandleFor(ApplianceProfile.Fast);
        g.AddDriveScratch(Small);
        g.Launch();
        string Shell(string command) => g.Debug("sh", [command]).Trim();
        const string Running = "pgrep udevd | wc -l", Settle = "udevadm settle --timeout=20; echo $?";
        Assert.Equal("0", Shell(Running));
        Assert.Equal("0", Shell(Settle));
        Assert.Equal("0", Shell(Running));

        // An event of a disk starts it; what it has found, it tells its client.
        g.PartDisk("/dev/sda", "gpt");
        Assert.Equal("0", Shell(Settle));
        Assert.NotEqual("0", Shell(Running));
        Assert.Equal("0", Shell("udevadm control --ping --timeout=20; echo $?"));
        string facts = Shell("udevadm info --query=property /dev/sda1");
        Assert.Contains("\nID_PART_ENTRY_SCHEME=gpt\n", facts, StringComparison.Ordinal);
        Assert.Equal("/dev/sda1", Shell("readlink -f /dev/disk/by-path/*-part1"));
    }

    // parted opens a disk for writing to show what is on it.
    [Fact]
    public void Udevd_starts_for_a_disk_that_was_written_to_and_not_for_one_that_was_only_closed()
    {
        AddDrive disk = new(Image("closed", Small), new AddDriveOptions { Format = "raw" });
        Partition(disk.Image, "label: gpt\n2048,20480\n");
        using GuestfsHandle g = profiles.NewHandleFor(ApplianceProfile.Fast);
        g.AddDrive(disk.Image, disk.Options);
        g.Launch();
        string Shell(string command) => g.Debug("sh", [command]).Trim();
        const string Running = "udevadm settle; pgrep udevd | wc -l";
        Assert.Single(g.PartList("/dev/sda"));
        Assert.Equal("0", Shell(": 1<>/dev/sda 2<>/dev/sda1; " + Running));
        Shell("mke2fs -q -L written /dev/sda1");
        Assert.NotEqual("0", Shell(Running));
        Assert.Equal("/dev/sda1", Shell("readlink -f /dev/disk/by-label/written"));
    }

    // The daemon's "udevadm settle" is a small program in front of the real one, which judges whether udevd has nothing left to do.
    [Fact]
    public void Settling_waits_until_udevd_has_done_everything()
    {
        using GuestfsHandle g = profiles.NewHandleFor(ApplianceProfile.Fast);
        g.AddDriveScratch(Small);
        g.Launch();
        string Shell(string command) => g.Debug("sh", [command]).Trim();
        Assert.NotEqual("/usr/bin/udevadm", Shell("PATH=/sbin:/usr/sbin:/bin:/usr/bin; readlink -f $(command -v udevadm)"));
        Assert.Equal("0", Shell("udevadm settle; echo $?"));
        Assert.Equal("0", Shell("udevadm settle -E /no/such/file; echo $?"));

        // Each event takes udevd a while; the real program tells at once whether there are any left.
        const string Rounds = "for i in 1 2 3 4 5 6 7 8; do /usr/bin/udevadm trigger --subsystem-match=block; udevadm settle || exit 1; "
            + "/usr/bin/udevadm settle --timeout=0 || exit 2; done; echo $?";
        Assert.Equal("0", Shell(Rounds));
        Assert.Equal("0", Shell("/usr/bin/udevadm trigger --subsystem-match=block; udevadm settle -E /dev/sda; echo $?"));
        Assert.Equal(Shell("/usr/bin/udevadm --version"), Shell("udevadm --version"));
        Assert.Equal("1", Shell("udevadm settle --no-such-option 2>/dev/null; echo $?"));
    }

    // Of the fast one, resumed, where there is no profile.
    private IReadOnlyList<string> AnswersOf(
        ApplianceProfile? profile, IEnumerable<AddDrive> disks, bool inspect, Action<GuestfsHandle>? then, int memory = 0)
    {
        using GuestfsHandle g = profile is { } booted ? profiles.NewHandleFor(booted) : profiles.NewResumed(memory);
        if (memory > 0)
        {
            g.SetMemsize(memory);
        }

        foreach (AddDrive disk in disks)
        {
            g.AddDrive(disk.Image, disk.Options);
        }

        g.Launch();
        Assert.Equal(profile is null, g.ResumeChoice!.Resumed);
        IReadOnlyList<string> answers = ApplianceAnswers.Of(g, inspect);
        then?.Invoke(g);
        g.Shutdown();
        return answers;
    }

    private static long AvailableMemory(GuestfsHandle g) =>
        long.Parse(g.Debug("sh", ["awk '/^MemAvailable/ { print $2 }' /proc/meminfo"]), System.Globalization.CultureInfo.InvariantCulture);

    private string Image(string name, long size)
    {
        string image = profiles.HostFile(name + ".img");
        using FileStream file = File.Create(image);
        file.SetLength(size);
        return image;
    }

    private IEnumerable<string> PlainImages()
    {
        string mbr = Image("mbr", Small), gpt = Image("gpt", Small), odd = Image("odd", Small + 512);
        Partition(mbr, "label: dos\n2048,20480\n,10240,82\n,,5\n,20480\n");
        Partition(gpt, "label: gpt\n2048,20480\n,10240\n,20480\n");
        Command.Run("mke2fs", "-q", "-t", "ext4", "-U", "0a0b0c0d-0000-4000-8000-000000000001", "-L", "whole", odd);
        Command.Run("mke2fs", "-q", "-t", "ext2", "-E", "offset=1048576", mbr, "10M");
        Command.Run("mke2fs", "-q", "-t", "ext3", "-E", "offset=1048576", gpt, "10M");

        return [mbr, gpt, odd];
    }

    private static void Partition(string image, string script) =>
        Command.Run("sh", "-c", "printf '%s' \"$2\" | sfdisk -q --no-reread --no-tell-kernel \"$1\"", "sh", image, script);

    private static void PrepareStacks(GuestfsHandle g, string[] disks)
    {
        string table = "label: gpt\\n" + string.Concat(StackPartitions.Select(size => $",{size}MiB\\n"));
        g.Debug("sh", [$"printf '{table}' | sfdisk -q {disks[0]} && udevadm settle"]);
        string[] parts = g.ListPartitions()[^StackPartitions.Length..];
        Assert.All(parts, part => Assert.StartsWith(disks[0], part, StringComparison.Ordinal));
        g.MkfsBtrfs([parts[0], parts[1]]);
        g.Pvcreate(parts[2]);
        g.Pvcreate(disks[1]);
        g.Vgcreate("spread", [disks[1], parts[2]]);
        g.Lvcreate("wide", "spread", 100);
        g.Mkfs("ext4", "/dev/spread/wide");

        // With a derivation of the key that takes no minutes.
        g.Debug("sh", [$"printf secret | cryptsetup luksFormat -q --pbkdf pbkdf2 --pbkdf-force-iterations 1000 --key-file - {parts[3]}"]);
        g.Pvcreate(parts[4]);
        g.Vgcreate("part", [parts[4]]);
        g.Lvcreate("root", "part", 40);
        g.Mkfs("ext4", "/dev/part/root");
        g.Mount("/dev/part/root", "/");
        FakeDebian.Install(g, "/dev/mapper/part-root / ext4 defaults 0 0\n", "stacked");
        g.Umount("/");

        // One is complete; the others have to be started without their second member, which upstream does last.
        string[] arrays = [$"0.90 {parts[5]} {parts[6]}", $"1.0 {disks[2]} missing", $"1.1 {parts[7]} missing", $"1.2 {disks[3]} missing"];
        for (int i = 0; i < arrays.Length; i++)
        {
            g.Debug("sh", [$"mdadm --create /dev/md/array{i} --run --level=1 --raid-devices=2 --metadata={arrays[i]} 2>&1"]);
        }

        foreach (string array in g.ListMdDevices())
        {
            g.Mkfs("ext2", array);
        }
    }

    // LVM and filesystems that only become visible then.
    private static void OpenLuks(GuestfsHandle g)
    {
        string luks = Assert.Single(g.ListPartitions(), partition => g.VfsType(partition) == "crypto_LUKS");
        g.LuksOpen(luks, "secret", "opened");
        Assert.Contains("/dev/mapper/opened", g.ListDmDevices());
        g.Pvcreate("/dev/mapper/opened");
        Assert.Contains("/dev/mapper/opened", g.Pvs());
        g.Pvremove("/dev/mapper/opened");
        g.LuksClose("/dev/mapper/opened");
        Assert.Empty(g.ListDmDevices());
    }

    private sealed record AddDrive(string Image, AddDriveOptions Options);
}

// Saved appliances that are resumed. The judges are the same appliance booted, the host's clock and tools, and qemu.
using System.Globalization;

using Guestfs.IntegrationTests.Fast;
using Guestfs.IntegrationTests.Support;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.IntegrationTests.Launching;

public sealed class ResumeTests(SavedAppliance cache) : IClassFixture<SavedAppliance>
{
    [Fact]
    public void What_is_resumed_says_what_is_booted_says()
    {
        string plain = cache.Disk("plain", 64), lvm = cache.Disk("lvm", 64), labelled = cache.Disk("labelled", 64);
        Command.Run(
            "sh", "-c",
            "printf 'label: gpt\\n2048,20480\\n,10240\\n' | sfdisk -q --no-reread --no-tell-kernel \"$1\"", "sh", plain);
        Command.Run("mke2fs", "-q", "-t", "ext3", "-E", "offset=1048576", plain, "10M");
        void Add(GuestfsHandle g)
        {
            g.AddDrive(plain, new AddDriveOptions { Format = "raw", ReadOnly = true });
            g.AddDrive(lvm, new AddDriveOptions { Format = "raw" });
            g.AddDrive(labelled, new AddDriveOptions { Format = "raw", Label = "alpha" });
            g.AddDriveScratch(8 << 20, new AddDriveScratchOptions { BlockSize = 4096 });
        }

        using (GuestfsHandle g = cache.NewHandle(alwaysBoot: true))
        {
            Add(g);
            g.Launch();
            g.Pvcreate("/dev/sdb");
            g.Vgcreate("group", ["/dev/sdb"]);
            g.Lvcreate("volume", "group", 20);
            g.Mkfs("ext4", "/dev/group/volume");
            g.Shutdown();
        }

        IReadOnlyList<string>[] answers = [.. ((bool[])[true, false]).Select(alwaysBoot =>
        {
            using GuestfsHandle g = cache.NewHandle(alwaysBoot);
            Add(g);
            g.Launch();
            Assert.Equal(!alwaysBoot, g.ResumeChoice!.Resumed);

            // Its own ticks are what a kernel counts that could not measure a clock.
            Assert.DoesNotContain("jiffies", g.Debug("sh", ["cat /sys/devices/system/clocksource/clocksource0/current_clocksource"]));
            return ApplianceAnswers.Of(g, inspect: false);
        })];

        // The root is not on libguestfs' bus, and has no link there; the daemon leaves it out in any case.
        Assert.Equal(answers[0].Where(line => !line.EndsWith("-scsi-0:0:4:0", StringComparison.Ordinal)), answers[1]);
        Assert.Contains("lvs: /dev/group/volume", answers[1]);
    }

    [Fact]
    public void Two_machines_that_are_resumed_share_no_secrets_and_have_the_right_time()
    {
        // What the kernel makes of its own randomness, and what programs make of that.
        const string Ask = "od -An -tx1 -N32 /dev/urandom; cat /etc/machine-id; cat /proc/sys/kernel/random/uuid; mktemp -u";
        HashSet<string> seen = [];
        for (int i = 0; i < 3; i++)
        {
            using GuestfsHandle g = cache.NewHandle();
            g.AddDriveScratch(16 << 20);
            g.Launch();
            Assert.True(g.ResumeChoice!.Resumed, g.ResumeChoice.Reason);
            string[] secrets = g.Debug("sh", [Ask]).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            g.Mkfs("ext4", "/dev/sda");
            secrets = [.. secrets, g.VfsUuid("/dev/sda"), g.Debug("sh", ["uuidgen; uuidgen -t"])];
            Assert.All(secrets, secret => Assert.True(seen.Add(secret), $"{secret} came twice."));

            // Set to the time at which qemu was started; its speed the saved kernel has measured, perhaps on a busy host.
            DateTimeOffset before = DateTimeOffset.UtcNow;
            DateTimeOffset there = DateTimeOffset.FromUnixTimeMilliseconds(
                long.Parse(g.Debug("sh", ["date +%s%3N"]), CultureInfo.InvariantCulture));
            Assert.InRange(there, before.AddSeconds(-5), DateTimeOffset.UtcNow.AddSeconds(0.2));
        }
    }

    [Fact]
    public void What_is_written_is_on_the_disk()
    {
        string disk = cache.Disk("written", 32);
        using (GuestfsHandle g = cache.NewHandle())
        {
            g.AddDrive(disk, new AddDriveOptions { Format = "raw" });
            g.Launch();
            Assert.True(g.ResumeChoice!.Resumed, g.ResumeChoice.Reason);
            g.Mkfs("ext4", "/dev/sda");
            g.Mount("/dev/sda", "/");
            g.Write("/greeting", "hello"u8);
            g.Shutdown();
        }

        Assert.Equal(0, Command.TryRun("e2fsck", ["-fn", disk]).ExitCode);
        Assert.Equal("hello", Command.Run("debugfs", "-R", "cat /greeting", disk));
    }

    // qemu asks for the lock after it has read what was saved, and would wait; or take what only others want for themselves.
    [Theory]
    [InlineData("another machine")]
    [InlineData("who lets others write")]
    public void A_disk_that_somebody_else_has_is_refused_as_in_a_boot(string who)
    {
        string disk = cache.Disk("locked", 16);
        using IDisposable holder = who == "another machine" ? Launched(disk) : new ImageHolder(disk, "raw");
        (LaunchFailure Failure, string Message)[] errors = [.. ((bool[])[true, false]).Select(alwaysBoot =>
        {
            using GuestfsHandle second = cache.NewHandle(alwaysBoot);
            second.AddDrive(disk, new AddDriveOptions { Format = "raw" });
            GuestfsLaunchException error = Assert.Throws<GuestfsLaunchException>(second.Launch);
            return (error.Failure, error.Message);
        })];
        Assert.Equal(errors[0], errors[1]);
        Assert.True(cache.IsSaved, "What was saved is not to blame.");
    }

    // Neither has the disk when the other looks. A boot's qemu has it from its beginning.
    [Fact]
    public async Task Of_two_that_begin_at_once_one_has_the_disk()
    {
        string disk = cache.Disk("wanted", 16);
        for (int round = 0; round < Soak.Rounds(3, 30); round++)
        {
            using GuestfsHandle first = cache.NewHandle(), second = cache.NewHandle();
            Task[] launches = [.. ((GuestfsHandle[])[first, second]).Select(g =>
            {
                g.AddDrive(disk, new AddDriveOptions { Format = "raw" });
                return g.LaunchAsync();
            })];
            GuestfsLaunchException error = await Assert.ThrowsAsync<GuestfsLaunchException>(() => Task.WhenAll(launches));
            Assert.Equal(LaunchFailure.DiskLocked, error.Failure);
            Assert.Equal(1, launches.Count(launch => launch.IsCompletedSuccessfully));
        }
    }

    private GuestfsHandle Launched(string disk)
    {
        GuestfsHandle g = cache.NewHandle();
        g.AddDrive(disk, new AddDriveOptions { Format = "raw" });
        g.Launch();
        return g;
    }

    [Fact]
    public async Task What_does_not_fit_is_booted()
    {
        (string Reason, Action<GuestfsHandle> Wish)[] wishes =
        [
            ("differs from what was saved: -name", g => g.Config("-name", "other")),
            ("arguments of its own", g => g.SetAppend("printk.time=1")), ("to tell", g => g.SetVerbose(true)),
            ("none was saved yet", g => g.SetMemsize(g.GetMemsize() + 64)), ("has a network", g => g.SetNetwork(true)),
        ];
        string saved = Assert.Single(cache.Saved);
        foreach ((string reason, Action<GuestfsHandle> wish) in wishes.Take(Soak.Rounds(2, wishes.Length)))
        {
            using GuestfsHandle g = cache.NewHandle();
            g.AddDriveScratch(1 << 20);
            wish(g);
            g.Launch();
            Assert.False(g.ResumeChoice!.Resumed);
            Assert.Contains(reason, g.ResumeChoice.Reason, StringComparison.Ordinal);
            await (g.Session.Saving ?? Task.FromResult(""));
        }

        // Other memory is another machine, which is saved, too; the tests that follow have one.
        foreach (string other in cache.Saved.Where(directory => directory != saved))
        {
            Directory.Delete(other, recursive: true);
        }
    }

    // Devices that cannot be read end qemu; memory that is another kernel's does anything.
    [Theory]
    [InlineData("devices")]
    [InlineData("memory")]
    public void What_cannot_be_resumed_is_booted_and_thrown_away(string part)
    {
        string saved = Assert.Single(cache.Saved), file = Path.Combine(saved, part);
        DateTime time = File.GetLastWriteTimeUtc(file);
        Command.Run(
            "sh", "-c",
            "for i in 40 41 42 44 48 52 60 70 80 90; do dd if=/dev/urandom of=\"$1\" bs=$2 seek=$i count=1 conv=notrunc; done", "sh",
            file, part == "devices" ? "4096" : "1M");
        File.SetLastWriteTimeUtc(file, time);
        using (GuestfsHandle g = cache.NewHandle())
        {
            g.AddDriveScratch(1 << 20);
            g.Launch();
            Assert.False(g.ResumeChoice!.Resumed);
            Assert.Contains("could not be resumed", g.ResumeChoice.Reason, StringComparison.Ordinal);
            Assert.Equal(["/dev/sda"], g.ListDevices());
        }

        Assert.False(cache.IsSaved);
        cache.Save();
    }

    [Fact]
    public async Task A_machine_that_ends_while_it_is_saved_leaves_nothing_and_is_saved_the_next_time()
    {
        IReadOnlyList<string> before = cache.Saved;
        for (int i = 0; i < 2; i++)
        {
            using GuestfsHandle g = cache.NewHandle();
            g.SetMemsize(g.GetMemsize() + 16);
            g.AddDriveScratch(1 << 20);
            g.Launch();
            Assert.False(g.ResumeChoice!.Resumed);
            if (i == 0)
            {
                IReadOnlyList<int> saver;
                while ((saver = Processes.With("mem-path=" + cache.Beside)).Count == 0)
                {
                    Assert.False(g.Session.Saving!.IsCompleted);
                }

                Command.Run("kill", "-9", $"{saver[0]}");
            }

            string said = await g.Session.Saving!;
            Assert.Contains(i == 0 ? "could not be saved: qemu has ended" : "was saved", said, StringComparison.Ordinal);
            Assert.Equal(before.Count + i, cache.Saved.Count);
        }

        using GuestfsHandle resumed = cache.NewHandle();
        resumed.SetMemsize(resumed.GetMemsize() + 16);
        resumed.AddDriveScratch(1 << 20);
        resumed.Launch();
        Assert.True(resumed.ResumeChoice!.Resumed, resumed.ResumeChoice.Reason);
        Directory.Delete(cache.Saved.Except(before).Single(), recursive: true);
    }

    // A kernel that is told so takes a processor that counts two thousand million times a second for one of a hundred million.
    [Fact]
    public async Task A_machine_whose_clock_is_wrong_is_not_saved()
    {
        IReadOnlyList<string> before = cache.Saved;
        using TempDirectory directory = new();
        using GuestfsHandle g = cache.NewHandle();
        string hypervisor = directory.File("qemu");
        File.WriteAllText(hypervisor, $"""
            #!/bin/bash
            # That a processor is emulated is what the appliance asks it; only the machine that is saved must not know.
            if [[ "$*" == *mem-path=* ]]; then
              for argument; do
                case $argument in
                  panic=1*) argument="$argument tsc_early_khz=100000" ;;
                  max*) argument="$argument,-hypervisor" ;;
                esac
                set -- "$@" "$argument"
                shift
              done
            fi
            exec {g.GetHv()} "$@"
            """);
        File.SetUnixFileMode(hypervisor, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        g.SetHv(hypervisor);
        g.AddDriveScratch(1 << 20);
        g.Launch();
        Assert.Contains("could not be saved: its clock is wrong", await g.Session.Saving!, StringComparison.Ordinal);
        Assert.Equal(before, cache.Saved);
    }

    [Fact]
    public async Task Many_in_a_row_and_many_at_once_are_resumed()
    {
        void Resume()
        {
            using GuestfsHandle g = cache.NewHandle();
            g.AddDriveScratch(8 << 20);
            g.Launch();
            Assert.True(g.ResumeChoice!.Resumed, g.ResumeChoice.Reason);
            g.Mkfs("ext2", "/dev/sda");
            g.Mount("/dev/sda", "/");
            g.Write("/file", "content"u8);
            Assert.Equal("content", g.Cat("/file"));
        }

        for (int i = Soak.Rounds(2, 500); i > 0; i--)
        {
            Resume();
        }

        // A thread each, as launching blocks.
        Task[] tasks =
        [
            .. Enumerable.Range(0, Soak.Rounds(3, 50)).Select(_ => Task.Factory.StartNew(
                Resume, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)),
        ];
        await Task.WhenAll(tasks);
    }
}

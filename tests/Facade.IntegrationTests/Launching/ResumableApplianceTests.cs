// Saved appliances for programs that do not use this library. The judges are guestfish, which starts what it is told by LIBGUESTFS_HV, the
// kernel's list of processes, and the tools of filesystems.
using System.Globalization;

using Guestfs.IntegrationTests.Support;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.IntegrationTests.Launching;

public sealed class ResumableApplianceTests(PreparedAppliance appliance) : IClassFixture<PreparedAppliance>
{
    [Fact]
    public void Guestfish_resumes_and_ends_it_as_it_does_qemu()
    {
        string disk = appliance.Disk("written", 32);
        string output = appliance.Guestfish([disk], "run\nget-pid\nmkfs ext4 /dev/sda\nmount /dev/sda /\nwrite /greeting hello\n");
        Assert.Equal(0, Command.TryRun("e2fsck", ["-fn", disk]).ExitCode);
        Assert.Equal("hello", Command.Run("debugfs", "-R", "cat /greeting", disk));
        int launcher = int.Parse(output, CultureInfo.InvariantCulture);
        Assert.False(Directory.Exists($"/proc/{launcher}"));
        Assert.Empty(Processes.With(disk));
    }

    [Theory]
    [InlineData("resumed", true)]
    [InlineData("another size", false)]
    [InlineData("another option", false)]
    [InlineData("two disks", true)]
    [InlineData("the host was booted", false)]
    [InlineData("another qemu", false)]
    [InlineData("KVM is asked for", true)]
    public void What_does_not_fit_is_booted(string what, bool isResumed)
    {
        string disk = appliance.Disk("fits", 1), other = appliance.Disk("other", 1), rules = appliance.InResume("rules");
        byte[] before = File.ReadAllBytes(rules);
        DateTime time = File.GetLastWriteTimeUtc(appliance.Hypervisor);
        try
        {
            switch (what)
            {
                case "the host was booted":
                    File.WriteAllText(rules, File.ReadAllText(rules)[..^3] + "xx\0");
                    break;
                case "another qemu":
                    File.SetLastWriteTimeUtc(appliance.Hypervisor, time.AddDays(1));
                    break;
            }

            string words = what switch
            {
                "another size" => "memsize 1400\n", "another option" => "config -name other\n", _ => "",
            };
            Dictionary<string, string?> more =
                what == "KVM is asked for" ? new() { ["LIBGUESTFS_BACKEND_SETTINGS"] = "" } : [];
            string output = appliance.Guestfish(
                what == "two disks" ? [disk, other] : [disk], $"{words}run\nlist-devices\n{Resumed(disk)}", more);
            Assert.Equal(
                [.. what == "two disks" ? (string[])["/dev/sda", "/dev/sdb"] : ["/dev/sda"], isResumed ? "-incoming" : "booted"],
                output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }
        finally
        {
            File.WriteAllBytes(rules, before);
            File.SetLastWriteTimeUtc(appliance.Hypervisor, time);
        }
    }

    [Theory]
    [InlineData("another machine")]
    [InlineData("who lets others write")]
    public void A_disk_that_somebody_else_has_gives_the_error_of_a_boot(string who)
    {
        string disk = appliance.Disk("locked", 16);
        using GuestfsHandle first = new(new GuestfsHandleOptions { Appliance = ApplianceSource.InDirectory(appliance.Directory) });
        first.AddDrive(who == "another machine" ? disk : appliance.Disk("other", 16), new AddDriveOptions { Format = "raw" });
        first.Launch();
        Assert.True(first.ResumeChoice!.Resumed, first.ResumeChoice.Reason);
        using ImageHolder? holder = who == "another machine" ? null : new ImageHolder(disk, "raw");
        string[] errors = [.. ((string[])[first.GetHv(), appliance.Hypervisor]).Select(hypervisor =>
        {
            CommandResult second = appliance.TryGuestfish(
                [disk], "run\n", new Dictionary<string, string?> { ["LIBGUESTFS_HV"] = hypervisor });
            Assert.NotEqual(0, second.ExitCode);

            // It names what it has started.
            return second.Error.Replace(appliance.Hypervisor, first.GetHv(), StringComparison.Ordinal);
        })];
        Assert.Equal(errors[0], errors[1]);
    }

    // Devices that cannot be read end qemu; memory that is another kernel's does anything; a file that is gone is no part.
    [Theory]
    [InlineData("devices")]
    [InlineData("memory")]
    [InlineData("root.qcow2")]
    public void What_cannot_be_resumed_is_booted_in_the_same_launch_and_not_tried_again(string part)
    {
        appliance.Prepare();
        string disk = appliance.Disk("damaged", 1), saved = appliance.Saved, file = Path.Combine(saved, part);
        if (part == "root.qcow2")
        {
            File.Delete(file);
        }
        else
        {
            Command.Run(
                "sh", "-c",
                "for i in 40 41 42 44 48 52 60 70 80 90; do dd if=/dev/urandom of=\"$1\" bs=$2 seek=$i count=1 conv=notrunc; done", "sh",
                file, part == "devices" ? "4096" : "1M");
        }

        for (int i = 0; i < 2; i++)
        {
            Assert.Equal("/dev/sda\nbooted\n", appliance.Guestfish([disk], $"run\nlist-devices\n{Resumed(disk)}"));
            Assert.False(File.Exists(Path.Combine(saved, "arguments")));
        }

        appliance.Prepare();
        Assert.Equal("-incoming\n", appliance.Guestfish([disk], "run\n" + Resumed(disk)));
    }

    [Theory]
    [InlineData("kill -9", "launcher")]
    [InlineData("kill -9", "qemu")]
    [InlineData("kill -TERM", "launcher")]
    public void Whichever_is_killed_no_other_is_left(string kill, string which)
    {
        string disk = appliance.Disk("killed", 1);
        CommandResult result = appliance.TryGuestfish(
            [disk],
            $"run\n!L=$(pgrep -f '^{appliance.Hypervisor}.*{disk}'); {kill} $({(which == "qemu" ? "pgrep -P $L" : "echo $L")}); sleep 1\n"
            + "ping-daemon\n");
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("closed the connection unexpectedly", result.Error, StringComparison.Ordinal);
        if (kill == "kill -9")
        {
            Assert.Contains("killed by signal 9", result.Error, StringComparison.Ordinal);
        }

        Assert.Empty(Processes.With(disk));
        Assert.True(File.Exists(Path.Combine(appliance.Saved, "arguments")));
    }

    [Fact]
    public void This_library_resumes_by_itself_and_confines_the_qemu_behind_the_program()
    {
        using GuestfsHandle g = new();
        g.SetPath(appliance.Directory);
        g.SetHv(appliance.Hypervisor);
        g.AddDriveScratch(1 << 20);
        g.Launch();
        Assert.True(g.ResumeChoice!.Resumed, g.ResumeChoice.Reason);
        Assert.DoesNotContain("resume", g.GetHv(), StringComparison.Ordinal);
        Assert.Equal(g.GetPid(), Assert.Single(Processes.With($"{appliance.Directory}/resume/machine")));
        using GuestfsHandle plain = new(new GuestfsHandleOptions { AlwaysBoot = true });
        plain.SetPath(appliance.Directory);
        plain.AddDriveScratch(1 << 20);
        plain.Launch();
        Assert.Equal(plain.ConfinementChoice, g.ConfinementChoice);
    }

    [Fact]
    public async Task What_others_may_change_is_not_used()
    {
        string resume = Path.GetDirectoryName(appliance.Hypervisor)!;
        Command.Run("chmod", "0755", resume);
        try
        {
            IOException error = await Assert.ThrowsAsync<IOException>(
                () => ResumableAppliance.PrepareAsync(appliance.Directory, TestContext.Current.CancellationToken));
            Assert.Contains("chmod 0700", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            Command.Run("chmod", "0700", resume);
        }
    }

    // A command of guestfish that prints how the arguments of the qemu that has a disk differ where it resumes. A bundle's qemu is
    // started by its loader.
    private static string Resumed(string disk) =>
        "!for p in /proc/[0-9]*; do case $(readlink $p/exe) in */qemu-system-*|*/loader/ld.so) tr '\\0' ' ' <$p/cmdline | grep '" + disk
        + "';; esac; done | grep -o -e -incoming || echo booted\n";
}

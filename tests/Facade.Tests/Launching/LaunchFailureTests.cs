// Launches that fail before a kernel runs. qemu, the kernel's limits and the files are real; only what no real one does
// on demand (hang, end without a word) is done by a script in qemu's place.
using System.Diagnostics;

using Guestfs.Tests.Support;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Tests.Launching;

public sealed class LaunchFailureTests : IDisposable
{
    private readonly FakeLaunch fake = new();

    public void Dispose() => fake.Dispose();

    // What qemu tells after an error of KVM, which cannot be made to happen where there is no KVM.
    private const string FailedMachine = """
        use IO::Socket::UNIX;
        my $qemu = IO::Socket::UNIX->new(Peer => $ARGV[0] =~ s/^unix://r) or die;
        $qemu->autoflush(1);
        print $qemu "{\"QMP\": {}}\n42\nnull\n[]\n";
        while (my $line = <$qemu>) {
            my ($id) = $line =~ /"id":(\d+)/;
            my $answer = $line =~ /query-status/ ? '{"running": false, "status": "internal-error"}' : '{}';
            print $qemu "{\"return\": $answer, \"id\": $id}\n";
            print $qemu "{\"event\": \"STOP\", \"timestamp\": {}}\n" if $line =~ /qmp_capabilities/;
        }
        """;

    [Fact]
    public void A_machine_whose_processor_cannot_go_on()
    {
        string program = fake.FileName("qemu.pl");
        File.WriteAllText(program, FailedMachine);
        string script = fake.Script($"while [ \"$1\" != -qmp ]; do shift; done; exec perl {program} \"$2\"");
        GuestfsLaunchException e = fake.Fail(script);
        Assert.Equal(LaunchFailure.KvmBroken, e.Failure);
        Assert.Contains("a processor of the machine could not go on", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_argument_that_qemu_refuses()
    {
        GuestfsLaunchException e = fake.Fail(FakeLaunch.Qemu, h => h.Config("-no-such-option", null));
        Assert.Equal(LaunchFailure.HypervisorRefused, e.Failure);

        // qemu's own words, as it says them to anyone.
        string said = Command.TryRun(FakeLaunch.Qemu, ["-no-such-option"]).Error.Trim();
        Assert.Contains(said, e.Console);
        Assert.Contains(said, e.Message, StringComparison.Ordinal);
        Assert.Contains("SetHv", e.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exit 1")]
    [InlineData("kill -ABRT $$")]
    public void A_qemu_that_ends_without_a_word(string commands)
    {
        GuestfsLaunchException e = fake.Fail(fake.Script(commands));
        Assert.Equal(LaunchFailure.HypervisorRefused, e.Failure);
        Assert.Contains("said nothing", e.Message, StringComparison.Ordinal);
        Assert.Empty(e.Console);
    }

    [Fact]
    public void A_file_that_is_no_program()
    {
        string file = fake.FileName("data");
        File.WriteAllBytes(file, new byte[64]);
        Assert.Equal(LaunchFailure.HypervisorMissing, fake.Fail(file).Failure);
    }

    [Fact]
    public void A_qemu_that_hangs_is_ended_after_the_time_limit_with_all_it_started()
    {
        string pids = fake.FileName("pids");
        string script = fake.Script($"echo about to hang; sleep 1000 & echo $$ $! > {pids}; wait");
        GuestfsLaunchException e;
        Stopwatch watch;
        int limit = 3;
        while (true)
        {
            watch = Stopwatch.StartNew();
            e = fake.Fail(
                script,
                options: new GuestfsHandleOptions { Accelerator = Accelerator.Tcg, LaunchTimeout = TimeSpan.FromSeconds(limit) });
            Assert.Equal(LaunchFailure.DaemonNeverConnected, e.Failure);

            // On a busy machine the shell may not have come to its first word.
            if (e.Console.Count > 0 || limit > 30)
            {
                break;
            }

            limit *= 4;
        }

        Assert.Equal(["about to hang"], e.Console);
        Assert.Contains($"within {limit} s", e.Message, StringComparison.Ordinal);
        Assert.Contains("LaunchTimeout", e.Remedy, StringComparison.Ordinal);
        Assert.InRange(watch.Elapsed.TotalSeconds, limit - 1, limit + 57);
        Assert.All(File.ReadAllText(pids).Split(), id => Assert.True(id.Length == 0 || !IsAlive(id), $"{id} is still there"));
    }

    [Fact]
    public void A_hanging_question_about_features_is_ended_too()
    {
        GuestfsLaunchException e = fake.Fail(
            fake.Script("", always: "sleep 1000"),
            options: new GuestfsHandleOptions { Accelerator = Accelerator.Tcg, LaunchTimeout = TimeSpan.FromSeconds(1) });
        Assert.Equal(LaunchFailure.DaemonNeverConnected, e.Failure);
    }

    [Fact]
    public void A_host_without_enough_memory()
    {
        GuestfsLaunchException e = fake.Fail(fake.Script("ulimit -v 1000000"));
        Assert.Equal(LaunchFailure.OutOfMemory, e.Failure);
        Assert.Contains("Cannot allocate memory", string.Join('\n', e.Console), StringComparison.Ordinal);
        Assert.Contains("SetMemsize", e.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_disk_that_a_running_machine_has_open()
    {
        string disk = fake.FileName("shared.qcow2");
        Command.Run("qemu-img", "create", "-q", "-f", "qcow2", disk, "1M");
        ProcessStartInfo start = new(
            FakeLaunch.Qemu, ["-nodefaults", "-display", "none", "-S", "-qmp", "stdio", "-drive", $"file={disk},format=qcow2,if=none,id=d"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using Process machine = Process.Start(start)!;
        try
        {
            // Its greeting: it has the disk.
            Assert.Contains("QMP", machine.StandardOutput.ReadLine(), StringComparison.Ordinal);
            GuestfsLaunchException e = fake.Fail(FakeLaunch.Qemu, h => h.AddDrive(disk, new AddDriveOptions { Format = "qcow2" }));
            Assert.Equal(LaunchFailure.DiskLocked, e.Failure);
            Assert.Contains(disk, e.Message, StringComparison.Ordinal);
            Assert.Contains("corrupts", e.Remedy, StringComparison.Ordinal);
        }
        finally
        {
            machine.Kill();
            machine.WaitForExit();
        }
    }

    [Theory]
    [InlineData("kernel", "is cut short: it has 4000 of ")]
    [InlineData("root", "is cut short: it has 4000 of 1048576 bytes")]
    [InlineData("initrd", "is empty")]
    public void An_appliance_with_a_file_that_is_cut_short(string name, string fault)
    {
        if (name == "kernel")
        {
            string? kernel = Directory.GetFiles("/boot", "vmlinuz-*").FirstOrDefault();
            Assert.SkipWhen(kernel is null, "There is no kernel in /boot.");
            File.Copy(kernel, fake.FileName(name), overwrite: true);
        }

        using (FileStream file = new(fake.FileName(name), FileMode.Open))
        {
            file.SetLength(name == "initrd" ? 0 : 4000);
        }

        GuestfsLaunchException e = fake.Fail(
            FakeLaunch.Qemu, options: new GuestfsHandleOptions { Accelerator = Accelerator.Tcg, LaunchTimeout = TimeSpan.FromSeconds(3) });
        Assert.Equal(LaunchFailure.ApplianceUnreadable, e.Failure);
        Assert.Contains($"{fake.FileName(name)} {fault}", e.Message, StringComparison.Ordinal);
        Assert.Contains("build the appliance again", e.Remedy, StringComparison.Ordinal);
    }

    // Without the UUID that it has, libguestfs itself crashes.
    [Theory]
    [InlineData("is empty", "")]
    [InlineData("is not an ext2 filesystem", "no filesystem")]
    public void An_appliance_whose_root_is_none_is_refused_before_libguestfs_sees_it(string fault, string content)
    {
        File.WriteAllText(fake.FileName("root"), content);
        GuestfsLaunchException e = fake.Fail(FakeLaunch.Qemu);
        Assert.Equal(LaunchFailure.ApplianceUnreadable, e.Failure);
        Assert.Contains($"{fake.FileName("root")} {fault}", e.Message, StringComparison.Ordinal);
        Assert.Contains("build the appliance again", e.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_host_whose_kernel_and_appliance_are_sound_is_not_blamed()
    {
        // file(1) knows what a kernel is; what it calls one must have no fault.
        string? kernel = Directory.GetFiles("/boot", "vmlinuz-*").FirstOrDefault();
        Assert.SkipWhen(kernel is null, "There is no kernel in /boot.");
        Assert.Contains("Linux kernel", Command.Run("file", "-L", kernel), StringComparison.Ordinal);
        File.Copy(kernel, fake.FileName("kernel"), overwrite: true);
        Assert.Null(ApplianceFiles.Fault(fake.Directory, "/nonexistent"));
    }

    [Fact]
    public void A_verbose_console_is_printed_as_libguestfs_prints_it()
    {
        string script = fake.Script("printf 'one\\ttwo\\033[1m\\303\\244\\nthree\\n'; exit 1");
        Dictionary<string, string?> environment = new()
        {
            ["LIBGUESTFS_HV"] = script,
            ["LIBGUESTFS_PATH"] = fake.Directory,
            ["LIBGUESTFS_BACKEND"] = "direct",
            ["LIBGUESTFS_BACKEND_SETTINGS"] = "force_tcg",
            ["LIBGUESTFS_DEBUG"] = "1",
        };
        CommandResult ours = ChildProcess.Run(["launch"], environment);
        Assert.Contains("GuestfsLaunchException", ours.Output, StringComparison.Ordinal);
        string theirs = Command.TryRun("guestfish", ["-a", "/dev/null", "run"], environment).Error;
        string line = Assert.Single(
            theirs.Split('\n'), l => l.Contains("one", StringComparison.Ordinal) && l.Contains("two", StringComparison.Ordinal));
        Assert.Contains(line + "\nthree\n", ours.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pipe_in_place_of_the_kernel_does_not_block_the_explanation()
    {
        File.Delete(fake.FileName("kernel"));
        Command.Run("mkfifo", fake.FileName("kernel"));
        string? fault = await Task.Run(() => ApplianceFiles.Fault(fake.Directory, "/nonexistent"))
            .WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Contains("not a regular file", fault, StringComparison.Ordinal);
    }

    // The real libguestfs, which has the name of supermin compiled in, in a mount namespace without that file.
    [Fact]
    public void A_machine_without_supermin()
    {
        Command.Require("unshare", "sh");
        CommandResult result = Command.TryRun(
            "unshare",
            ["--mount", "sh", "-c",
                $"cd '{fake.Directory}' && mount -t tmpfs none . && cd '{fake.Directory}' && mkdir upper work && mount -t overlay none "
                + "-o lowerdir=/usr/bin,upperdir=$PWD/upper,workdir=$PWD/work /usr/bin && rm -f /usr/bin/supermin && cd / && exec \"$@\"",
                "sh", .. ChildProcess.CommandLine("launch")],
            new Dictionary<string, string?>
            {
                ["LIBGUESTFS_PATH"] = null,
                ["LIBGUESTFS_CACHEDIR"] = fake.Directory,
                ["LIBGUESTFS_BACKEND"] = "direct",
                ["LIBGUESTFS_BACKEND_SETTINGS"] = "force_tcg",
            });
        if (result.ExitCode != 0)
        {
            Command.Missing($"This test needs the right to mount: {result.Error}");
        }

        Assert.Contains("supermin, which is not installed", result.Output, StringComparison.Ordinal);
        Assert.Contains("ManagedApplianceSource", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("/boot", result.Output, StringComparison.Ordinal);
    }

    // libguestfs and posix_spawnp(3) would take the first.
    [Fact]
    public void A_qemu_of_the_current_directory_is_not_run_whatever_PATH_says()
    {
        string here = Directory.CreateDirectory(fake.FileName("here")).FullName,
            bin = Directory.CreateDirectory(fake.FileName("bin")).FullName;
        File.Move(fake.Script("exit 1", $"echo planted >> {fake.FileName("ran")}"), Path.Combine(here, "some-qemu"));
        File.Move(fake.Script("exit 1", $"echo installed >> {fake.FileName("ran")}"), Path.Combine(bin, "some-qemu"));
        CommandResult result = Command.TryRun(
            ChildProcess.CommandLine("launch")[0], ChildProcess.CommandLine("launch")[1..], new Dictionary<string, string?>
            {
                ["LIBGUESTFS_HV"] = "some-qemu",
                ["LIBGUESTFS_PATH"] = fake.Directory,
                ["LIBGUESTFS_BACKEND"] = "direct",
                ["PATH"] = $":.:{bin}:{Environment.GetEnvironmentVariable("PATH")}",
            }, here);
        Assert.Contains("GuestfsLaunchException", result.Output, StringComparison.Ordinal);
        Assert.Contains("PATH has an entry that is not absolute", result.Error, StringComparison.Ordinal);
        Assert.Equal(["installed"], File.ReadLines(fake.FileName("ran")).Distinct());
    }

    [Fact]
    public void A_limit_must_be_positive() =>
        Assert.Throws<ArgumentOutOfRangeException>("LaunchTimeout", () => new GuestfsHandleOptions { LaunchTimeout = TimeSpan.Zero });

    private static bool IsAlive(string id)
    {
        string status = $"/proc/{id}/status";
        return File.Exists(status) && !File.ReadAllText(status).Contains("State:\tZ", StringComparison.Ordinal);
    }
}

// KVM is used where a guest has been seen to run, and nowhere else. The hypervisors are wrappers of the real qemu that fail
// as real ones were seen to; the guest is a real kernel. The judges: qemu, the kernel and gcc.
using System.Globalization;
using System.Runtime.InteropServices;

using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Tests.Launching;

public sealed class KvmTrialTests : IDisposable
{
    // For real kernels that are emulated, which KVM would run ten times as fast; a busy machine takes its time too.
    private static readonly TimeSpan ForEmulation = TimeSpan.FromSeconds(120);

    // A device that can be opened, so that the tests need no KVM.
    private const string SomeDevice = "/dev/null";

    // Turns the arguments that ask for KVM into others.
    private const string Emulate =
        "n=$#; while [ $n -gt 0 ]; do a=$1; shift; [ \"$a\" = accel=kvm ] && a=accel=tcg; set -- \"$@\" \"$a\"; n=$((n-1)); done";

    private readonly FakeLaunch fake = new();

    /// <summary>The ways in which KVM fails after qemu has started with it, and the wrappers that make it so.</summary>
    public static TheoryData<string, string> Failures { get; } = new()
    {
        { "Dies", Dying },
        { "Stops", Stopping },
        { NeverRuns, $"{Emulate}; set -- \"$@\" -S" },
        // Versions from 9 on do without the first.
        { "Slow", $"{Emulate}; set -- \"$@\" $(qemu-system-x86_64 -help | grep -o -m 1 -e -singlestep) -d nochain -D /dev/null" },
    };

    // The one that proves nothing: a busy machine may be the reason.
    private const string NeverRuns = "NeverRuns";

    // What qemu says and does on a host whose nested virtualisation lacks a register.
    private const string Dying =
        "case \"$*\" in *accel=kvm*-cpu*) echo 'qemu: error: failed to set MSR 0x10a to 0x69' >&2; kill -ABRT $$;; esac";

    // After an error of KVM qemu pauses the machine, says so to its monitor, and stays. Here the monitor is told to pause it.
    private const string Stopping = Emulate + """

        case "$*" in *-kernel*)
          fifo=$(mktemp -u)
          mkfifo "$fifo"
          (echo '{"execute":"qmp_capabilities"}'; sleep 0.5; echo '{"execute":"stop"}'; exec sleep 5 3>&- 2>&-) >"$fifo" 3>&- 2>&- &
          echo 'KVM internal error. Suberror: 1' >&2
          exec qemu-system-x86_64 "$@" <"$fifo" ;;
        esac
        """;

    public void Dispose() => fake.Dispose();

    [Fact]
    public void A_guest_that_runs_is_seen()
    {
        KvmTrial trial = new(fake.Script("", always: Emulate), SomeDevice) { Limit = ForEmulation, ProcessorLimit = ForEmulation };
        KvmAnswer answer = trial.Run(HostKvm.Kernel);
        Assert.True(answer.Works, answer.Reason);
        Assert.Equal(KvmProof.Lasting, answer.Proof);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public void A_guest_that_does_not_run_is_not_taken_for_one_that_does(string name, string wrapper)
    {
        string script = fake.Script("", always: wrapper);
        KvmTrial trial = new(script, SomeDevice) { Limit = name == NeverRuns ? TimeSpan.FromSeconds(1) : ForEmulation };
        KvmAnswer answer = trial.Run(HostKvm.Kernel);
        Assert.False(answer.Works);
        Assert.Equal(name == NeverRuns ? KvmProof.Passing : KvmProof.Lasting, answer.Proof);
        Assert.Contains(
            name switch
            {
                "Dies" => "failed to set MSR 0x10a",
                "Stops" => "KVM internal error",
                "Slow" => "processor time",
                _ => "had not started its first process after 1"
            },
            answer.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public void A_launch_goes_on_with_emulation(string name, string wrapper)
    {
        // Where there is no /dev/kvm nothing is tried, and the launch is the same.
        string arguments = fake.FileName("arguments");
        using GuestfsHandle handle =
            fake.Handle(fake.Script("", always: $"case \"$*\" in *virtserialport*) echo \"$*\" > {arguments}; exit 1;; esac\n{wrapper}"));
        File.Copy(HostKvm.Kernel, fake.FileName("kernel"), overwrite: true);
        GuestfsLaunchException e = Assert.Throws<GuestfsLaunchException>(handle.Launch);
        Assert.NotEqual(LaunchFailure.KvmBroken, e.Failure);
        Assert.Equal(Accelerator.Tcg, handle.AcceleratorChoice!.Accelerator);
        Assert.Contains("accel=tcg", File.ReadAllText(arguments), StringComparison.Ordinal);
        if (name == "Dies")
        {
            KvmThatWasAskedForIsRefused(handle.GetHv(), arguments);
        }
    }

    // At once, for what the trial has shown. On a busy machine that is certain only where qemu has died.
    private void KvmThatWasAskedForIsRefused(string script, string arguments)
    {
        foreach ((Accelerator option, string? setting, string remedy)
            in ((Accelerator, string?, string)[])[(Accelerator.Kvm, null, "Accelerator.Auto"),
                (Accelerator.Auto, "force_kvm", "remove the backend setting force_kvm=1")])
        {
            using GuestfsHandle forced = fake.Handle(script, new GuestfsHandleOptions { Accelerator = option });
            if (setting is not null)
            {
                forced.SetBackendSetting(setting, "1");
            }

            File.Delete(arguments);
            GuestfsLaunchException e = Assert.Throws<GuestfsLaunchException>(forced.Launch);
            Assert.Equal(LaunchFailure.KvmBroken, e.Failure);
            Assert.Contains(remedy, e.Remedy, StringComparison.Ordinal);
            Assert.DoesNotContain(setting is null ? "force_kvm" : "Accelerator.", e.Remedy, StringComparison.Ordinal);
            Assert.False(File.Exists(arguments));
        }
    }

    [Theory]
    [InlineData("max")]
    [InlineData("max,-arch-capabilities")]
    public void The_real_KVM_is_believed_only_if_a_guest_runs_under_it(string processor)
    {
        // On some machines qemu dies with the one processor, and guests hang with the other; on most both run, or there is no KVM.
        KvmTrial trial = new(fake.Script("",
            always: $"n=$#; while [ $n -gt 0 ]; do a=$1; shift; [ \"$a\" = max ] && a={processor}; "
                + "set -- \"$@\" \"$a\"; n=$((n-1)); done"));
        KvmAnswer answer = trial.WithoutTrial() ?? trial.Run(HostKvm.Kernel);
        Assert.True(HostKvm.Runs(processor) == answer.Works, answer.Reason);
    }

    [Fact]
    public void A_machine_is_tried_once_and_again_when_its_qemu_or_kernel_has_changed()
    {
        string count = fake.FileName("count"), kernel = fake.FileName("kernel");
        string script = fake.Script("", always: $"echo tried >> {count}; {Dying}");
        string cache = Directory.CreateDirectory(fake.FileName("cache")).FullName;
        File.WriteAllText(Path.Combine(cache, "kvm-0123456789abcdef"), "another boot\n");
        KvmAnswers answers = new(cache);
        KvmTrial trial = new(script, SomeDevice);

        // Many ask at once.
        KvmAnswer[] all = new KvmAnswer[8];
        Parallel.For(0, all.Length, i => all[i] = answers.Get(trial, kernel));
        Assert.All(all, answer => Assert.Contains("failed to set MSR", answer.Reason, StringComparison.Ordinal));
        Assert.Single(File.ReadAllLines(count));

        // The file is for other processes; it is believed for what it was written for.
        string file = Assert.Single(Directory.GetFiles(cache));
        string[] lines = File.ReadAllLines(file);
        Assert.Equal(File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim(), lines[0]);
        File.AppendAllText(script, "\n# another version\n");
        Assert.False(answers.Get(trial, kernel).Works);
        Assert.Equal(2, File.ReadAllLines(count).Length);
        File.SetLastWriteTimeUtc(kernel, DateTime.UtcNow.AddMinutes(-1));
        Assert.False(answers.Get(trial, kernel).Works);
        Assert.Equal(3, File.ReadAllLines(count).Length);

        // What another process has found out: the memory of this one does not know the new version yet.
        string old = Ticks(kernel);
        lines = File.ReadAllLines(file);
        File.SetLastWriteTimeUtc(kernel, DateTime.UtcNow.AddMinutes(-2));
        string elsewhere = lines[1].Replace(old, Ticks(kernel), StringComparison.Ordinal);
        File.WriteAllLines(file, [lines[0], elsewhere, "works", "0", "found out elsewhere"]);
        Assert.Equal(new KvmAnswer(true, "found out elsewhere", KvmProof.Lasting), answers.Get(trial, kernel));
        Assert.Equal(3, File.ReadAllLines(count).Length);

        // A launch went wrong under it: that counts more.
        answers.Refute(script, kernel, "the guest died", KvmProof.Lasting);
        Assert.Equal(new KvmAnswer(false, "the guest died", KvmProof.Lasting), answers.Get(trial, kernel));
        Assert.Equal("broken", File.ReadAllLines(file)[2]);

        // What took too long is tried again after some minutes, also when the clock was set back.
        foreach (int minutes in (int[])[-1, 60])
        {
            File.SetLastWriteTimeUtc(kernel, DateTime.UtcNow.AddMinutes(-3 - minutes));
            string expired = lines[1].Replace(old, Ticks(kernel), StringComparison.Ordinal);
            File.WriteAllLines(file, [lines[0],
                expired,
                "broken",
                DateTimeOffset.UtcNow.AddMinutes(minutes).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
                "too slow"]);
            Assert.Contains("failed to set MSR", answers.Get(trial, kernel).Reason, StringComparison.Ordinal);
        }

        Assert.Equal(5, File.ReadAllLines(count).Length);
        File.SetLastWriteTimeUtc(kernel, DateTime.UtcNow.AddMinutes(-100));
        File.WriteAllLines(
            file, [lines[0],
                lines[1].Replace(old, Ticks(kernel), StringComparison.Ordinal),
                "broken",
                DateTimeOffset.UtcNow.AddMinutes(5).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
                "too slow"]);
        Assert.Equal(new KvmAnswer(false, "too slow", KvmProof.Passing), answers.Get(trial, kernel));
    }

    [Fact]
    public void Without_anything_to_try()
    {
        KvmAnswers answers = new(null);
        Assert.Equal("there is no kernel to try KVM with", answers.Get(new KvmTrial(FakeLaunch.Qemu, SomeDevice), null).Reason);
        Assert.Equal(
            "there is no /nonexistent/qemu", answers.Get(new KvmTrial("/nonexistent/qemu", SomeDevice), fake.FileName("kernel")).Reason);
        Assert.Equal(
            "there is no /nonexistent/kvm", answers.Get(new KvmTrial(FakeLaunch.Qemu, "/nonexistent/kvm"), fake.FileName("kernel")).Reason);
        Assert.False(new KvmTrial("/nonexistent/qemu", SomeDevice).Run(fake.FileName("kernel")).Works);
    }

    [Fact]
    public void The_kernel_is_that_of_the_appliance()
    {
        // Fixed, of old style, and of supermin before and after it has built one.
        Assert.Equal(fake.FileName("kernel"), ApplianceFiles.KernelOf(fake.Directory, fake.Directory));
        string old = Directory.CreateDirectory(fake.FileName("old")).FullName;
        File.Copy(HostKvm.Kernel, Path.Combine(old, "vmlinuz.x86_64"));
        Assert.Equal(Path.Combine(old, "vmlinuz.x86_64"), ApplianceFiles.KernelOf(old, fake.Directory));

        string supermin = Directory.CreateDirectory(fake.FileName("supermin")).FullName;
        Directory.CreateDirectory(Path.Combine(supermin, "supermin.d"));
        Assert.Contains(ApplianceFiles.KernelOf(supermin, fake.Directory), HostKvm.Kernels);
        string id = Command.Run("id", "-u").Trim();
        string built = Directory.CreateDirectory(fake.FileName($".guestfs-{id}/appliance.d")).FullName;
        File.Copy(HostKvm.Kernel, Path.Combine(built, "kernel"));
        Assert.Equal(Path.Combine(built, "kernel"), ApplianceFiles.KernelOf(supermin, fake.Directory));

        // One that is cut short is none.
        File.WriteAllText(Path.Combine(old, "vmlinuz.x86_64"), "not a kernel");
        Assert.Null(ApplianceFiles.KernelOf(old, fake.Directory));
    }

    [Theory]
    [InlineData(
        Architecture.X64,
        "gcc",
        "objcopy",
        "mov $1, %eax\nmov $1, %edi\nlea text(%rip), %rsi\nmov $16, %edx\nsyscall\nback: mov $34, %eax\nsyscall\njmp back\ntext:")]
    [InlineData(
        Architecture.Arm64,
        "aarch64-linux-gnu-gcc",
        "aarch64-linux-gnu-objcopy",
        "mov x8, #64\nmov x0, #1\nadr x1, text\nmov x2, #16\nsvc #0\nback: wfe\nb back\ntext:")]
    public void The_first_process_is_what_its_assembly_says(Architecture processor, string compiler, string copier, string assembly)
    {
        Command.Require(compiler, copier, "readelf");
        string source = fake.FileName("first.S"),
            compiled = fake.FileName("first.o"),
            code = fake.FileName("first.bin"),
            program = fake.FileName("first");
        File.WriteAllText(source, assembly + "\n.ascii \"guest is running\"\n");
        Command.Run(compiler, "-c", "-o", compiled, source);
        Command.Run(copier, "-O", "binary", "-j", ".text", compiled, code);
        byte[] made = TrialGuest.Program(processor), expected = File.ReadAllBytes(code);
        Assert.Equal(expected, made[^expected.Length..]);

        File.WriteAllBytes(program, made);
        CommandResult read = Command.TryRun("readelf", ["-hl", program]);
        Assert.Equal((0, ""), (read.ExitCode, read.Error));
        Assert.Contains(processor == Architecture.Arm64 ? "AArch64" : "X86-64", read.Output, StringComparison.Ordinal);
        Assert.Contains($"0x{0x400000 + made.Length - expected.Length:x}", read.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_child_that_is_killed_or_that_has_nothing_to_say()
    {
        Assert.Null(Subprocess.TryStart(["/nonexistent/qemu"], []));
        using (Subprocess hung = Subprocess.TryStart(["sh", "-c", "echo $$; exec sleep 1000"], [])!)
        {
            Assert.True(hung.Read(TimeSpan.FromSeconds(60)));
            Assert.True(Directory.Exists("/proc/" + hung.Output.Trim()));
            hung.Dispose();
            Assert.False(Directory.Exists("/proc/" + hung.Output.Trim()));
        }

        using Subprocess silent = Subprocess.TryStart(["sh", "-c", "exec >&- 2>&- 3>&-; sleep 1000"], [])!;
        Assert.True(SpinWait.SpinUntil(() => !silent.Read(TimeSpan.FromMilliseconds(10)), TimeSpan.FromSeconds(60)));
        Assert.False(silent.WaitForEnd(TimeSpan.FromMilliseconds(100)));

        // What is given in comes out, from standard error as well; a closed pipe ends it: the runtime ignores SIGPIPE.
        using Subprocess cat = Subprocess.TryStart(
            ["sh", "-c", "head -c 3 >&2; sed -n 's/SigIgn:.*\\(.\\)...$/\\1/p' /proc/self/status; echo extra >&3"], "in\n"u8)!;
        while (cat.Read(TimeSpan.FromSeconds(1)))
        {
        }

        Assert.True(cat.WaitForEnd(TimeSpan.FromSeconds(60)));
        Assert.Equal("in\n0\n", cat.Output);
        Assert.Equal("extra\n"u8, cat.ExtraOutput);
    }

    private static string Ticks(string file) => File.GetLastWriteTimeUtc(file).Ticks.ToString(CultureInfo.InvariantCulture);
}

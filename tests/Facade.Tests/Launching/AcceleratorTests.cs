// KVM is used where it works. The judges are qemu itself, asked by hand, and the arguments it gets.
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Tests.Launching;

public sealed class AcceleratorTests : IDisposable
{
    private static readonly string[] Trial = ["-machine", "accel=kvm", "-cpu", "max", "-nodefaults", "-display", "none", "-S", "-qmp", "stdio"];

    private readonly FakeLaunch fake = new();

    public void Dispose() => fake.Dispose();

    [Fact]
    public void The_default_is_what_qemu_can_do_here()
    {
        string arguments = fake.FileName("arguments");
        using GuestfsHandle handle = fake.Handle(fake.Script($"echo \"$*\" > {arguments}; exit 1"));
        Assert.Null(handle.AcceleratorChoice);
        List<string> notes = [];
        handle.Library += (_, e) => notes.Add(e.Text);
        Assert.Throws<GuestfsLaunchException>(handle.Launch);
        CommandResult trial = Command.TryRun(FakeLaunch.Qemu, Trial, input: "{\"execute\":\"qmp_capabilities\"}{\"execute\":\"quit\"}");
        bool works = trial.ExitCode == 0;
        Assert.Equal(works ? Accelerator.Kvm : Accelerator.Tcg, handle.AcceleratorChoice!.Accelerator);
        Assert.NotEmpty(handle.AcceleratorChoice.Reason);
        Assert.Contains(notes, note => note.Contains(handle.AcceleratorChoice.Reason, StringComparison.Ordinal));
        Assert.Contains(works ? "accel=kvm" : "accel=tcg", File.ReadAllText(arguments), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Accelerator.Kvm, "force_tcg", Accelerator.Tcg, "accel=tcg")]
    [InlineData(Accelerator.Tcg, null, Accelerator.Tcg, "accel=tcg")]
    [InlineData(Accelerator.Auto, "force_tcg", Accelerator.Tcg, "accel=tcg")]
    public void What_the_user_says_is_done_and_a_backend_setting_comes_first(Accelerator option, string? setting, Accelerator used, string argument)
    {
        string arguments = fake.FileName("arguments");
        using GuestfsHandle handle = fake.Handle(fake.Script($"echo \"$*\" > {arguments}; exit 1"), new GuestfsHandleOptions { Accelerator = option });
        if (setting is not null)
        {
            handle.SetBackendSetting(setting, "1");
        }

        Assert.Throws<GuestfsLaunchException>(handle.Launch);
        Assert.Equal(used, handle.AcceleratorChoice!.Accelerator);
        Assert.Contains(setting ?? "Accelerator", handle.AcceleratorChoice.Reason, StringComparison.Ordinal);
        Assert.Contains(argument, File.ReadAllText(arguments), StringComparison.Ordinal);
    }

    [Fact]
    public void KVM_that_was_asked_for_and_does_not_work()
    {
        // What qemu says and does on a host whose nested virtualisation lacks a register; where there is no KVM at all,
        // libguestfs says so.
        string script = fake.Script("", always: "case \"$*\" in *accel=kvm*-cpu*) echo 'qemu: error: failed to set MSR 0x10a to 0x69' >&2; kill -ABRT $$;; esac");
        GuestfsLaunchException e = fake.Fail(script, options: new GuestfsHandleOptions { Accelerator = Accelerator.Kvm });
        Assert.Equal(LaunchFailure.KvmBroken, e.Failure);
        Assert.Contains("Accelerator.Tcg", e.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_qemu_is_tried_once_and_again_when_it_has_changed()
    {
        Assert.SkipWhen(KvmProbe.WithoutTrial() is not null, "No qemu is tried where /dev/kvm cannot be opened.");
        string count = fake.FileName("count");
        string script = fake.Script("", always: $"echo tried >> {count}; case \"$*\" in *accel=kvm*) echo 'no such luck' >&2; exit 1;; esac");
        string cache = fake.FileName("cache");
        Directory.CreateDirectory(cache);
        KvmAnswer answer = KvmAnswers.Get(script, cache);
        Assert.False(answer.Works);
        Assert.Contains("no such luck", answer.Reason, StringComparison.Ordinal);
        Assert.Equal(answer, KvmAnswers.Get(script, cache));
        Assert.Single(File.ReadAllLines(count));

        // The file is for other processes: one that lies is believed only for what it was written for.
        string file = Assert.Single(Directory.GetFiles(cache));
        Assert.Contains(File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim(), File.ReadAllText(file), StringComparison.Ordinal);
        File.AppendAllText(script, "\n# another version\n");
        Assert.False(KvmAnswers.Get(script, cache).Works);
        Assert.Equal(2, File.ReadAllLines(count).Length);

        // What another process has found out: the memory of this one does not know the new version yet.
        File.SetLastWriteTimeUtc(script, DateTime.UtcNow.AddMinutes(-1));
        FileInfo program = new(script);
        string[] lines = File.ReadAllLines(file);
        string boot = lines[0].Split(' ')[^1];
        File.WriteAllLines(file, [$"{script} {program.Length} {program.LastWriteTimeUtc.Ticks} {boot}", "works", "found out elsewhere"]);
        Assert.Equal(new KvmAnswer(true, "found out elsewhere"), KvmAnswers.Get(script, cache));
        Assert.Equal(2, File.ReadAllLines(count).Length);
    }

    [Fact]
    public void A_trial_that_hangs_or_cannot_start_proves_nothing_and_leaves_nothing()
    {
        Assert.Null(ChildCommand.Run(["/nonexistent/qemu"], [], TimeSpan.FromSeconds(1)));
        (string Output, bool Ended) hung = ChildCommand.Run(["sh", "-c", "echo $$; exec sleep 1000"], [], TimeSpan.FromSeconds(1))!.Value;
        Assert.False(hung.Ended);
        Assert.False(Directory.Exists("/proc/" + hung.Output.Trim()));
        (string Output, bool Ended) silent = ChildCommand.Run(["sh", "-c", "exec >&- 2>&-; sleep 1000"], [], TimeSpan.FromMilliseconds(300))!.Value;
        Assert.False(silent.Ended);

        // What is given in comes out, from standard error as well, and a closed pipe ends it: the runtime ignores SIGPIPE.
        (string Output, bool Ended) cat = ChildCommand.Run(["sh", "-c", "cat >&2; sed -n 's/SigIgn:.*\\(.\\)...$/\\1/p' /proc/self/status"], "in\n"u8, TimeSpan.FromSeconds(10))!.Value;
        Assert.Equal(("in\n0\n", true), cat);
    }
}

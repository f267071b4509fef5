// KVM is used where it works. The judges are a guest booted by hand, and the arguments that qemu gets.
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Tests.Launching;

public sealed class AcceleratorTests : IDisposable
{
    private readonly FakeLaunch fake = new();

    public void Dispose() => fake.Dispose();

    [Fact]
    public void The_default_is_what_qemu_can_do_here()
    {
        string arguments = fake.FileName("arguments");
        using GuestfsHandle handle =
            fake.Handle(fake.Script("", always: $"case \"$*\" in *virtserialport*) echo \"$*\" > {arguments}; exit 1;; esac"));
        File.Copy(HostKvm.Kernel, fake.FileName("kernel"), overwrite: true);
        Assert.Null(handle.AcceleratorChoice);
        List<string> notes = [];
        handle.LibraryMessageReceived += (_, e) => notes.Add(e.Text);
        Assert.Throws<GuestfsLaunchException>(handle.Launch);
        bool works = HostKvm.Runs();
        Assert.Equal(works ? Accelerator.Kvm : Accelerator.Tcg, handle.AcceleratorChoice!.Accelerator);
        Assert.NotEmpty(handle.AcceleratorChoice.Reason);
        Assert.Contains(notes, note => note.Contains(handle.AcceleratorChoice.Reason, StringComparison.Ordinal));
        Assert.Contains(works ? "accel=kvm" : "accel=tcg", File.ReadAllText(arguments), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Accelerator.Kvm, "force_tcg", Accelerator.Tcg, "accel=tcg")]
    [InlineData(Accelerator.Tcg, null, Accelerator.Tcg, "accel=tcg")]
    [InlineData(Accelerator.Auto, "force_tcg", Accelerator.Tcg, "accel=tcg")]
    public void What_the_user_says_is_done_and_a_backend_setting_comes_first(
        Accelerator option, string? setting, Accelerator used, string argument)
    {
        string arguments = fake.FileName("arguments");
        using GuestfsHandle handle =
            fake.Handle(fake.Script($"echo \"$*\" > {arguments}; exit 1"), new GuestfsHandleOptions { Accelerator = option });
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
        string script = fake.Script(
            "", always: "case \"$*\" in *accel=kvm*-cpu*) echo 'qemu: error: failed to set MSR 0x10a to 0x69' >&2; kill -ABRT $$;; esac");
        GuestfsLaunchException e = fake.Fail(script, options: new GuestfsHandleOptions { Accelerator = Accelerator.Kvm });
        Assert.Equal(LaunchFailure.KvmBroken, e.Failure);
        Assert.Contains("Accelerator.Tcg", e.Remedy, StringComparison.Ordinal);
    }
}

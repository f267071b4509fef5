// Defaults of libguestfs that are other distributions': Fedora's library asks libvirt, and RHEL has no qemu but /usr/libexec/qemu-kvm.
// The real library, of which a small one in front of it changes the defaults.
using Guestfs.Tests.Support;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Tests.Launching;

public sealed class LibraryDefaultsTests : IDisposable
{
    private readonly FakeLaunch fake = new();
    private readonly string library;

    public LibraryDefaultsTests()
    {
        Command.Require("gcc");
        library = fake.FileName("defaults.so");
        Command.Run(
            "gcc", "-shared", "-fPIC", "-Wall", "-Werror", "-o", library,
            Repository.File("tests", "Facade.Tests", "Launching", "defaults.c"), "-Wl,--no-as-needed", "-l:libguestfs.so.0", "-ldl");
    }

    public void Dispose() => fake.Dispose();

    [Fact]
    public void Where_libvirt_is_the_default_and_does_not_run_the_message_says_how_to_do_without()
    {
        Dictionary<string, string?> environment = Environment("qemu-system-x86_64");
        environment["DEFAULT_BACKEND"] = "libvirt";
        environment["LIBVIRT_DEFAULT_URI"] = "qemu+unix:///session?socket=/nonexistent/socket";
        string failure = ChildProcess.Run(["launch"], environment).Output;
        Assert.Contains("The backend is 'libvirt', which needs a working libvirt.", failure, StringComparison.Ordinal);
        Assert.Contains("the backend 'direct' with SetBackend or in LIBGUESTFS_BACKEND", failure, StringComparison.Ordinal);
        Assert.False(File.Exists(fake.FileName("ran")));

        // libguestfs' own programs fail there, too, and what the message says helps.
        environment["LIBGUESTFS_BACKEND"] = "libvirt";
        CommandResult guestfish = Command.TryRun("guestfish", ["-a", "/dev/null", "run"], environment);
        Assert.NotEqual(0, guestfish.ExitCode);
        Assert.Contains("libvirt", guestfish.Error, StringComparison.Ordinal);
        environment["LIBGUESTFS_BACKEND"] = "direct";
        Assert.Contains(
            "qemu ended: qemu-system-x86_64: refused", ChildProcess.Run(["launch"], environment).Output, StringComparison.Ordinal);
        Assert.Contains("-kernel", File.ReadAllText(fake.FileName("ran")), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_qemu_has_another_name_and_is_not_in_PATH_it_is_found_and_understood()
    {
        Dictionary<string, string?> environment = Environment("qemu-kvm");
        string bin = Directory.CreateDirectory(fake.FileName("bin")).FullName;
        foreach (string program in (string[])["sh", "rm", "qemu-img"])
        {
            File.CreateSymbolicLink(Path.Combine(bin, program), Command.Find(program)!);
        }

        environment["DEFAULT_BACKEND"] = "direct";
        environment["PATH"] = bin;
        string refused = ChildProcess.Run(["launch"], environment).Output;
        Assert.Contains("qemu ended: qemu-kvm: refused", refused, StringComparison.Ordinal);
        Assert.Contains("-kernel", File.ReadAllText(fake.FileName("ran")), StringComparison.Ordinal);

        File.Delete(environment["DEFAULT_HV"]!);
        string missing = ChildProcess.Run(["launch"], environment).Output;
        Assert.Contains($"There is no qemu at '{environment["DEFAULT_HV"]}'", missing, StringComparison.Ordinal);
        Assert.Contains("LIBGUESTFS_HV", missing, StringComparison.Ordinal);
    }

    // A qemu of some name that notes how it was called, and refuses to start a machine.
    private Dictionary<string, string?> Environment(string name)
    {
        string libexec = Directory.CreateDirectory(fake.FileName("libexec")).FullName, qemu = Path.Combine(libexec, name);
        File.Move(fake.Script($"echo '{name}: refused' >&2; exit 1", $"echo \"$@\" >> '{fake.FileName("ran")}'"), qemu);
        return new()
        {
            ["GUESTFS_LIBRARY"] = library,
            ["DEFAULT_HV"] = qemu,
            ["LIBGUESTFS_HV"] = null,
            ["LIBGUESTFS_BACKEND"] = null,
            ["LIBGUESTFS_BACKEND_SETTINGS"] = "force_tcg",
            ["LIBGUESTFS_PATH"] = fake.Directory,
        };
    }
}

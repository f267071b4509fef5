// What KVM can do on this machine, found out by qemu and the tools of the system, without any of our code.
using System.Collections.Concurrent;

namespace Guestfs.TestSupport;

/// <summary>Boots a kernel under KVM with an initrd that gcc and cpio made.</summary>
public static class HostKvm
{
    private const string Program = """
        #include <sys/reboot.h>
        #include <unistd.h>
        int main(void) { write(1, "the guest runs\n", 15); sleep(1); reboot(RB_AUTOBOOT); }
        """;

    private static readonly ConcurrentDictionary<string, Lazy<bool>> Known = new(StringComparer.Ordinal);

    /// <summary>The kernels of this system; a release may have the same one in both places.</summary>
    public static IReadOnlyList<string> Kernels { get; } =
    [
        .. Directory.GetFiles("/boot", "vmlinu?-*"),
        .. Directory.GetDirectories("/lib/modules").Select(d => Path.Combine(d, "vmlinuz")).Where(File.Exists),
    ];

    /// <summary>One of them.</summary>
    public static string Kernel { get; } = Kernels.Count > 0
        ? Kernels[0]
        : throw new InvalidOperationException("There is no kernel in /boot or /lib/modules. './build.sh test' installs one.");

    /// <summary>Whether this system's kernel comes to its first process under KVM.</summary>
    /// <param name="processor">The processor's model and features, as qemu takes them.</param>
    public static bool Runs(string processor = "max") =>
        Known.GetOrAdd(processor, name => new Lazy<bool>(() => File.Exists("/dev/kvm") && Boot(name))).Value;

    private static bool Boot(string processor)
    {
        Command.Require("gcc", "cpio", "timeout", "qemu-system-x86_64");
        using TempDirectory directory = new();
        string root = directory.File("root"), initrd = directory.File("initrd"), source = directory.File("init.c");
        Directory.CreateDirectory(root);
        File.WriteAllText(source, Program);
        Command.Run("gcc", "-static", "-Os", "-Wno-unused-result", "-o", Path.Combine(root, "init"), source);
        Command.Run("sh", "-c", $"cd '{root}' && find . | cpio -o -H newc --quiet > '{initrd}'");
        return Command.TryRun("timeout",
        [
            "-s", "KILL", "10", Command.Find("qemu-system-x86_64")!, "-machine", "accel=kvm", "-cpu", processor, "-m", "256", "-nodefaults",
            "-display", "none",
            "-no-reboot", "-kernel", Kernel, "-initrd", initrd, "-append", "console=ttyS0 panic=-1", "-serial", "stdio",
        ]).Output.Contains("the guest runs", StringComparison.Ordinal);
    }
}

// Directories with made-up kernels, and supermin run in a mount namespace where they are the machine's own.
using System.Text;

using Guestfs.Appliances.Kernel;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.Kernel;

internal sealed class FakeKernels : IDisposable
{
    private readonly TempDirectory directory = new();

    internal FakeKernels()
    {
        Directory.CreateDirectory(directory.File("boot"));
        Directory.CreateDirectory(directory.File("lib/modules"));
        Directory.CreateDirectory(directory.File("skeleton.d"));
        File.WriteAllText(directory.File("skeleton.d/hostfiles"), "/usr/lib/os-release\n");
    }

    internal string Root => directory.Path;

    internal IKernelSource Source => new HostKernelSource(directory.Path);

    // An x86 kernel as far as its header goes; without a version, none at all.
    internal static byte[] Image(string? version, int size = 20000)
    {
        byte[] image = new byte[size];
        if (version is not null)
        {
            "HdrS"u8.CopyTo(image.AsSpan(514));
            image[518] = 0x0F;
            image[519] = 0x02;
            image[526] = 0x00;
            image[527] = 0x10;
            Encoding.UTF8.GetBytes(version + " (somebody@somewhere) #1 SMP").CopyTo(image.AsSpan(0x1200));
        }

        return image;
    }

    internal void AddBoot(string name, byte[] image) => File.WriteAllBytes(directory.File("boot/" + name), image);

    internal void AddModules(string version, bool hasList, byte[]? image = null)
    {
        string modules = directory.File("lib/modules/" + version);
        Directory.CreateDirectory(modules);
        if (hasList)
        {
            File.WriteAllText(modules + "/modules.dep", "");
        }

        if (image is not null)
        {
            File.WriteAllBytes(modules + "/vmlinuz", image);
        }
    }

    // The kernel, version and modules that supermin takes, or null when it finds no kernel.
    internal (string Image, string Version, string Modules)? AskSupermin(IReadOnlyDictionary<string, string?>? environment = null)
    {
        Command.Require("supermin", "unshare", "mount");
        if (Command.TryRun("unshare", ["-rm", "true"]).ExitCode != 0)
        {
            Assert.Skip("This test needs mount namespaces, which this system does not let its users have.");
        }

        const string Script = """
            mount --bind "$1/boot" /boot && mount --bind "$1/lib/modules" /lib/modules &&
            exec supermin --build -v -f ext2 --size 8M --host-cpu x86_64 -o "$1/out" "$1/skeleton.d"
            """;
        CommandResult result = Command.TryRun("unshare", ["-rm", "sh", "-c", Script, "sh", Root], environment);
        string[] lines = result.Output.Split('\n');
        return result.Error.Contains("failed to find a suitable kernel", StringComparison.Ordinal)
            ? null
            : (After("picked vmlinuz "), After("kernel_version "), After("modpath "));

        string After(string prefix) =>
            lines.Single(
                line => line.StartsWith("supermin: kernel: " + prefix, StringComparison.Ordinal))[("supermin: kernel: " + prefix).Length..];
    }

    public void Dispose() => directory.Dispose();
}

// A small system in a directory: one package, one kernel with one module, one skeleton. An appliance of it takes milliseconds.
using Guestfs.Appliances.Skeletons;
using Guestfs.TestSupport;

namespace Guestfs.Appliances.Tests.Build;

/// <summary>A directory with what an appliance can be made of.</summary>
internal sealed class FakeHost : IDisposable
{
    public const string KernelVersion = "6.1.0-1-amd64";
    private readonly TempDirectory directory = new();

    public FakeHost(string version = "1.0")
    {
        Write("var/lib/dpkg/info/format", "1\n");
        Write("var/lib/dpkg/info/tool.list", "/.\n/usr\n/usr/bin\n/usr/bin/tool\n");
        Write("usr/bin/tool", "#!/bin/sh\n");
        SetPackage(version);
        Write("boot/vmlinuz-" + KernelVersion, new string('k', 20000));
        SetModule(KernelVersion, "module");
        Write("skeleton/packages", "tool\n");
    }

    public string Root => directory.File("system");

    public string Skeleton => Path.Combine(Root, "skeleton");

    /// <summary>A directory beside the system.</summary>
    public string Beside(string name) => directory.File(name);

    /// <summary>A file of the system.</summary>
    public string File(string name) => Path.Combine(Root, name);

    public ApplianceBuildOptions Options => new()
    {
        Packages = new HostPackageSource(Root),
        Skeleton = [Skeleton],
        Kernel = new KernelOptions { Cpu = "x86_64" },
        FreeSpace = 1 << 20,
    };

    /// <summary>The same as <see cref="Options"/> for the tool.</summary>
    public string[] Arguments => ["--root", Root, "--skeleton", Skeleton];

    public void Write(string name, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File(name))!);
        System.IO.File.WriteAllText(File(name), content);
    }

    public void SetPackage(string version, string architecture = "amd64") => Write(
        "var/lib/dpkg/status",
        $"Package: tool\nStatus: install ok installed\nMaintainer: a <a@example.org>\nArchitecture: {architecture}\nVersion: {version}\n"
        + "Description: a\n\n");

    /// <summary>A kernel's only module, with indexes as if depmod had run: it is none that could be looked into.</summary>
    public void SetModule(string kernel, string content)
    {
        Write($"lib/modules/{kernel}/kernel/virtio.ko", content);
        Write($"lib/modules/{kernel}/modules.dep", "kernel/virtio.ko:\n");
        foreach (string name in (string[])["alias", "alias.bin", "builtin.bin", "dep.bin", "devname", "softdep", "symbols.bin"])
        {
            Write($"lib/modules/{kernel}/modules.{name}", "");
        }
    }

    public void Dispose() => directory.Dispose();
}

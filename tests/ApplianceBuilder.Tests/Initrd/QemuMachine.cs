// Boots this machine's kernel with our initrd in qemu, and returns what the console said.
using Guestfs.Appliances.Common;
using Guestfs.Appliances.Kernel;
using Guestfs.Appliances.Output;
using Guestfs.Appliances.Tests.Kernel;
using Guestfs.TestSupport;

namespace Guestfs.Appliances.Tests.Initrd;

internal sealed class QemuMachine : IDisposable
{
    private readonly TempDirectory directory = new();
    private readonly KernelChoice kernel;

    internal QemuMachine()
    {
        if (HostKernel.Cpu != "x86_64")
        {
            Command.Missing("These tests know qemu's machines for x86_64 only.");
        }

        Command.Require("qemu-system-x86_64", "timeout", "gcc", "mke2fs");
        kernel = HostKernel.Find();
        using FileStream output = File.Create(directory.File("initrd"));
        InitrdWriter.Write(output, NativeCode.Init(ApplianceProfile.Stock, "x86_64"), [], HostKernel.Modules(), 0, CancellationToken.None);
    }

    internal string Initrd => directory.File("initrd");

    internal string KernelImage => kernel.ImagePath;

    // A filesystem of which /init says how it was called and what it finds.
    internal string MakeRoot(string type, string uuid)
    {
        string tree = directory.File("tree"), image = directory.File(type + ".img");
        Directory.CreateDirectory(tree + "/proc");
        string source = Repository.File("tests", "ApplianceBuilder.Tests", "Initrd", "root-init.c");
        Command.Run("gcc", "-static", "-Os", "-o", tree + "/init", source);
        Command.Run("mke2fs", "-q", "-t", type, "-U", uuid, "-d", tree, image, "16M");
        return image;
    }

    internal string Boot(string arguments, params string[] qemu)
    {
        // -no-reboot as libguestfs does; a machine that neither ends nor fails is killed.
        CommandResult result = Command.TryRun("timeout",
        [
            "60", "qemu-system-x86_64", "-accel", "tcg", "-m", "256,maxmem=1G,slots=2", "-display", "none", "-nodefaults", "-serial",
            "stdio", "-no-reboot",
            "-kernel", kernel.ImagePath, "-initrd", Initrd, "-append", "panic=1 console=ttyS0 quiet " + arguments, .. qemu,
        ]);
        return result.ExitCode == 0
            ? result.Output.ReplaceLineEndings("\n")
            : $"qemu: exit code {result.ExitCode}\n{result.Error}\n{result.Output}";
    }

    public void Dispose() => directory.Dispose();
}

// A kernel whose package was unpacked and not installed: depmod did not run for it, and modprobe and udev would find nothing.
using Guestfs.Appliances.Tests.Modules;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.Build;

public sealed class UnpackedKernelTests
{
    [Theory]
    [InlineData("modules.*")]
    [InlineData("modules.devname")]
    [InlineData("modules.dep.bin")]
    public void Its_appliance_has_the_indexes_that_depmod_makes(string missing)
    {
        Command.Require("depmod", "debugfs", "cpio");
        using FakeHost host = new();
        using ModuleTree tree = ModuleTree.OfSomeModules();
        string modules = host.File("lib/modules/" + FakeHost.KernelVersion), output = host.Beside("appliance");

        // Only what the package brings, or all but one.
        Directory.Delete(modules, recursive: true);
        Command.Run("cp", "-r", tree.File(""), modules);
        tree.Depmod();
        if (missing != "modules.*")
        {
            Command.Run("sh", "-c", "cp \"$1\"/modules.* \"$2\" && rm \"$2/$3\"", "sh", tree.File(""), modules, missing);
        }

        ApplianceBuilder.Build(host.Options, output, cancellationToken: TestContext.Current.CancellationToken).Dispose();

        Command.Run("e2fsck", "-fn", output + "/root");
        tree.AssertSameAsDepmod(name =>
        {
            string copy = host.Beside(name);
            Command.Run("debugfs", "-R", $"dump /lib/modules/{FakeHost.KernelVersion}/{name} {copy}", output + "/root");
            return File.ReadAllBytes(copy);
        });

        // What the fast profile's init makes in /dev is from there, too.
        string listed = Command.Run("sh", "-c", "cpio --quiet -i --to-stdout tree < \"$1\"", "sh", output + "/initrd");
        Assert.Contains("/dev/mapper/control", listed, StringComparison.Ordinal);
    }
}

// The modules of a fast appliance's initrd beside those of the kernel's package. The judges are readelf, modinfo and objdump; that the
// kernel loads them is seen by every launch.
using System.Text.RegularExpressions;

using Guestfs.Appliances.Fast;
using Guestfs.Appliances.Kernel;
using Guestfs.Appliances.Modules;
using Guestfs.Appliances.Plan;
using Guestfs.Appliances.Tests.Kernel;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.Fast;

public sealed class QuickModulesTests
{
    [Fact]
    public void They_differ_in_signature_and_types_alone()
    {
        Command.Require("readelf", "modinfo", "objdump");
        using TempDirectory directory = new();
        IReadOnlyList<KernelModule> modules = HostKernel.Modules();
        IReadOnlyList<KernelModule> quick = QuickModules.Of(modules, HostKernel.Find());
        Assert.Equal(modules.Select(module => module.FileName), quick.Select(module => module.FileName));
        bool hadTypes = false;
        foreach ((KernelModule original, KernelModule made) in modules.Zip(quick))
        {
            string before = directory.File("before.ko"), after = directory.File("after.ko");
            File.WriteAllBytes(before, original.Read());
            File.WriteAllBytes(after, made.Read());
            string[] kept = Sections(before, "BTF| NULL ");
            hadTypes |= kept.Length < Sections(before, " NULL ").Length;
            Assert.Equal(kept, Sections(after, " NULL "));
            Assert.Equal("", Command.Run("modinfo", "-F", "signer", after).Trim());
            Assert.Equal(Code(before), Code(after));
        }

        Assert.True(hadTypes);
    }

    [Fact]
    public void Where_the_kernel_insists_on_signatures_they_stay()
    {
        KernelChoice kernel = HostKernel.Find();
        KernelModule[] modules = [HostKernel.Modules()[0]];
        Assert.True(QuickModules.Of(modules, With("# CONFIG_MODULE_SIG_FORCE is not set"))[0].Read().Length < modules[0].Read().Length);
        Assert.Same(modules, QuickModules.Of(modules, With("CONFIG_MODULE_SIG_FORCE=y")));

        KernelChoice With(string setting) => kernel with
        {
            Settings = new BytesContent(System.Text.Encoding.ASCII.GetBytes($"CONFIG_X=y\n{setting}\nCONFIG_Y=y\n")),
        };
    }

    // What is no module is left for the kernel to refuse.
    [Fact]
    public void Damaged_ones_come_out_as_they_are_or_shorter()
    {
        byte[] module = HostKernel.Modules().MinBy(module => module.Content.Length)!.Read();
        Random random = new(17);
        for (int round = 0; round < Soak.Rounds(300, 5000); round++)
        {
            byte[] damaged = module[..(random.Next(2) == 0 ? random.Next(module.Length) : module.Length)];
            for (int i = random.Next(1, 6); i > 0 && damaged.Length > 0; i--)
            {
                // Most likely in the header, or in the signature's end.
                int range = Math.Min(random.Next(2) == 0 ? 64 : damaged.Length, damaged.Length), at = random.Next(range);
                damaged[random.Next(2) == 0 ? at : damaged.Length - 1 - at] ^= (byte)random.Next(1, 256);
            }

            KernelModule given = new("/damaged.ko", new BytesContent(damaged));
            Assert.InRange(QuickModules.Of([given], HostKernel.Find())[0].Read().Length, 0, damaged.Length);
        }
    }

    // Names, kinds, places, sizes and flags of those whose lines do not match.
    private static string[] Sections(string file, string without) =>
        [.. Command.Run("readelf", "-SW", file).Split('\n')
            .Where(line => Regex.IsMatch(line, @"^ +\[ *\d+\] ") && !Regex.IsMatch(line, without))];

    private static string Code(string file) => Command.Run(
        "sh", "-c", "objdump -drs -j .text -j .init.text -j .exit.text -j .modinfo \"$1\" 2>/dev/null | tail -n +4", "sh", file);
}

// Trees of modules that are not as they should be: indexed as depmod does it, or an error that says what is wrong.
using Guestfs.Appliances.Modules;
using Guestfs.Appliances.Plan;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.Modules;

public sealed class DamagedModulesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void A_link_to_a_directory_above_is_an_error_that_says_so()
    {
        using ModuleTree tree = new();
        Directory.CreateDirectory(tree.File("kernel"));
        File.CreateSymbolicLink(tree.File("kernel/again"), "..");
        ApplianceException e = Assert.Throws<ApplianceException>(() => tree.CreateIndexes(Cancellation));
        Assert.Contains("contains a loop", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Modules_that_need_each_other_in_circles_are_an_error_that_names_them()
    {
        ModuleInfo[] modules =
        [
            Module("a", "of_a", "of_b"),
            Module("b", "of_b", "of_a"),
            Module("c", "of_c", "of_a"),
            Module("d", "of_d", "in_kernel"),
        ];
        ApplianceException e = Assert.Throws<ApplianceException>(
            () => ModuleGraph.FindNeeded(modules, ModuleGraph.FindOwners(modules), Cancellation));
        Assert.Contains("in a cycle", e.Message, StringComparison.Ordinal);
        Assert.Contains(": a, b.", e.Message, StringComparison.Ordinal);

        static ModuleInfo Module(string name, string has, string needs) => new()
        {
            File = new ModuleFile(name, name + ".ko", new KernelModule("/" + name + ".ko", new BytesContent(default))),
            Aliases = [],
            SoftDependencies = [],
            Exports = [has],
            Imports = [needs],
        };
    }

    [Fact]
    public void Damaged_modules_are_refused_or_indexed()
    {
        using ModuleTree tree = ModuleTree.OfSomeModules();
        Random random = new(29);
        int refused = 0, indexed = 0;
        for (int round = 0; round < Soak.Rounds(200, 2000); round++)
        {
            Damage(tree, random, DamageAnywhere, () => _ = tree.CreateIndexes(Cancellation), ref refused, ref indexed);
        }

        Assert.InRange(refused, 1, int.MaxValue);
        Assert.InRange(indexed, 1, int.MaxValue);
    }

    [Fact]
    public void Modules_that_say_nonsense_of_themselves_are_refused_or_indexed_as_depmod_does_it()
    {
        Command.Require("depmod");
        using ModuleTree tree = ModuleTree.OfSomeModules();
        Random random = new(37);
        int refused = 0, indexed = 0;
        for (int round = 0; round < Soak.Rounds(60, 600); round++)
        {
            Damage(tree, random, DamageInformation, () => Compare(tree), ref refused, ref indexed);
        }

        Assert.InRange(indexed, 1, int.MaxValue);

        static void Compare(ModuleTree tree)
        {
            _ = tree.CreateIndexes(Cancellation);
            tree.Depmod();
            tree.AssertSameAsDepmod(Cancellation);
        }
    }

    private static void Damage(
        ModuleTree tree, Random random, Func<byte[], Random, byte[]> damage, Action work, ref int refused, ref int indexed)
    {
        string[] files =
        [
            .. Directory.EnumerateFiles(tree.File("kernel"), "*.ko", SearchOption.AllDirectories).Order(StringComparer.Ordinal),
        ];
        string file = files[random.Next(files.Length)];
        byte[] original = File.ReadAllBytes(file);
        File.WriteAllBytes(file, damage(original, random));
        try
        {
            work();
            indexed++;
        }
        catch (ApplianceException e) when (e.Problem == ApplianceProblem.InvalidInput)
        {
            refused++;
        }

        File.WriteAllBytes(file, original);
    }

    // Mostly where what is read lies: the headers of the file and of its sections.
    private static byte[] DamageAnywhere(byte[] original, Random random)
    {
        byte[] damaged = original[..(random.Next(8) == 0 ? random.Next(original.Length) : original.Length)];
        int table = (int)BitConverter.ToInt64(original, 40);
        for (int i = random.Next(1, 8); i > 0 && damaged.Length > 0; i--)
        {
            int at = random.Next(3) switch
            {
                0 => random.Next(64),
                1 => table + random.Next(original.Length - table),
                _ => random.Next(original.Length),
            };
            if (at < damaged.Length)
            {
                damaged[at] = (byte)random.Next(256);
            }
        }

        return damaged;
    }

    private static byte[] DamageInformation(byte[] original, Random random)
    {
        byte[] damaged = [.. original];
        int start = original.AsSpan().IndexOf("alias="u8);
        start = start >= 0 ? start : original.AsSpan().IndexOf("depends="u8);
        for (int i = random.Next(1, 20); i > 0; i--)
        {
            damaged[start + random.Next(120)] = (byte)(random.Next(1000) == 0 ? 0xFF : "=-[]*as\n"u8[random.Next(8)]);
        }

        return damaged;
    }
}

// Indexes of modules, against those of the real depmod, and as the real modprobe reads them.
using System.Text;
using System.Text.RegularExpressions;

using Guestfs.Appliances.Host;
using Guestfs.Appliances.Kernel;
using Guestfs.Appliances.Modules;
using Guestfs.Appliances.Plan;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.Modules;

public sealed partial class ModuleIndexesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void The_indexes_of_a_whole_kernel_are_those_of_depmod()
    {
        Command.Require("depmod");
        using ModuleTree tree = ModuleTree.OfHost();
        tree.Depmod();
        tree.AssertSameAsDepmod(Cancellation);
    }

    [Theory]
    [InlineData("xz --check=crc32 --lzma2=dict=1MiB", "xz")]
    [InlineData("zstd -q --rm", "zst")]
    public void Compressed_modules_have_the_same_indexes_as_with_depmod(string program, string ending)
    {
        ArgumentNullException.ThrowIfNull(program);
        Command.Require("depmod", program.Split(' ')[0]);
        using ModuleTree tree = ModuleTree.OfSomeModules();
        Command.Run("sh", "-c", $"find \"$1\" -name '*.ko' -exec {program} {{}} +", "sh", tree.File("kernel"));
        tree.Depmod();
        tree.AssertSameAsDepmod(Cancellation);
        Assert.Contains(".ko." + ending + ": kernel/", File.ReadAllText(tree.File("modules.dep")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_module_among_the_updates_replaces_that_of_the_package()
    {
        Command.Require("depmod");
        using ModuleTree tree = ModuleTree.OfSomeModules();
        tree.Depmod();
        string needed = File.ReadLines(tree.File("modules.dep")).First(line => !line.EndsWith(':')).Split(' ')[^1];
        string update = "updates/dkms/" + Path.GetFileName(needed).Replace('-', '_');
        Directory.CreateDirectory(tree.File("updates/dkms"));
        File.Copy(tree.File(needed), tree.File(update));
        tree.Depmod();
        tree.AssertSameAsDepmod(Cancellation);
        Assert.Contains(" " + update, File.ReadAllText(tree.File("modules.dep")), StringComparison.Ordinal);
        Assert.DoesNotContain(needed, File.ReadAllText(tree.File("modules.dep")), StringComparison.Ordinal);
    }

    [Fact]
    public void An_unpacked_package_gives_the_same_indexes_as_an_installed_one()
    {
        using ModuleTree tree = ModuleTree.OfSomeModules();
        FilePlanBuilder builder = new();
        builder.Add(new PlanEntry { Path = "/lib", Kind = EntryKind.SymbolicLink, Mode = Permissions.Octal0777, LinkTarget = "usr/lib" });
        foreach (string file in Directory.EnumerateFiles(tree.File(""), "*", SearchOption.AllDirectories))
        {
            builder.Add(new PlanEntry
            {
                Path = file[tree.Root.Length..],
                Kind = EntryKind.File,
                Mode = Permissions.Octal0644,
                Content = new HostFileContent(file, 0, new FileInfo(file).Length),
            });
        }

        IReadOnlyList<PlanEntry> packaged = ModuleIndexes.Create(
            new PlanKernelSource(builder.Build()), ModuleTree.Directory, 1_700_000_000, Cancellation);
        IReadOnlyList<PlanEntry> installed = tree.CreateIndexes(Cancellation);
        Assert.Equal(installed.Select(entry => entry.Path), packaged.Select(entry => entry.Path));
        Assert.Equal(installed.Select(ModuleTree.Bytes), packaged.Select(ModuleTree.Bytes));
        Assert.Contains(packaged, entry => entry.Path.EndsWith("/modules.dep", StringComparison.Ordinal) && entry.Content!.Length > 0);
    }

    [Fact]
    public void Modprobe_finds_every_module_with_what_it_needs()
    {
        Command.Require("depmod", "modprobe");
        (string theirs, string ours) = AskModprobe(
            "--show-depends", file => ModuleLines(file).Select(path => WantedModules.ModuleName(path)!));
        Assert.Contains("insmod ", theirs, StringComparison.Ordinal);
        Assert.Equal(theirs, ours);
    }

    [Fact]
    public void Modprobe_finds_the_modules_of_hardware_and_of_names()
    {
        Command.Require("depmod", "modprobe");
        (string theirs, string ours) = AskModprobe("-R", file => SampleAliases(file, 500));
        Assert.True(theirs.Split('\n').Count(line => line.Length > 0 && !line.StartsWith("== ", StringComparison.Ordinal)) >= 500, theirs);
        Assert.Equal(theirs, ours);
    }

    [Fact]
    public void Modules_that_the_order_does_not_name_are_found_all_the_same()
    {
        Command.Require("depmod", "modprobe");
        using ModuleTree tree = ModuleTree.OfSomeModules();
        File.Delete(tree.File("modules.order"));
        string[] names = [.. Directory.EnumerateFiles(tree.File("kernel"), "*", SearchOption.AllDirectories)
            .Select(path => WantedModules.ModuleName(path)!)
            .Order(StringComparer.Ordinal)];
        tree.Depmod();
        string[] theirs = Blocks(tree.Modprobe("--show-depends", names));
        tree.DeleteIndexes();
        tree.WriteIndexes(Cancellation);
        string[] ours = Blocks(tree.Modprobe("--show-depends", names));
        Assert.Equal(theirs, ours);

        // Without the list, depmod's order of what does not depend on each other is by chance.
        static string[] Blocks(string output) =>
            [.. output.Split("== ").Select(block => string.Join(
                '\n', block.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)))];
    }

    [Fact]
    public void A_kernel_without_modules_and_lists_has_empty_indexes()
    {
        Command.Require("modprobe");
        using ModuleTree tree = new();
        tree.WriteIndexes(Cancellation);
        Assert.Contains("not found", tree.Modprobe("--show-depends", ["ext4"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Built_in_names_and_aliases_of_all_kinds_give_depmods_index()
    {
        Command.Require("depmod");
        Random random = new(23);
        using ModuleTree tree = new();
        for (int round = 0; round < Soak.Rounds(30, 300); round++)
        {
            string[] names = [.. Enumerable.Range(0, random.Next(1, 40)).Select(_ => "m" + RandomText(random, "ab-_", 5))];
            StringBuilder information = new();
            for (int i = random.Next(400); i > 0; i--)
            {
                string key = random.Next(5) == 0 ? "license" : "alias";
                information.Append(names[random.Next(names.Length)] + "." + key + "=" + RandomText(random, "aaab-_*?[]:.=", 12) + "\0");
            }

            File.WriteAllText(tree.File("modules.builtin"), string.Concat(names.Select(name => "kernel/a/" + name + ".ko\n")));
            File.WriteAllText(tree.File("modules.builtin.modinfo"), information.ToString());
            tree.Depmod();
            tree.AssertSameAsDepmod(Cancellation);
        }
    }

    private static (string Theirs, string Ours) AskModprobe(string option, Func<string, IEnumerable<string>> questions)
    {
        using ModuleTree tree = ModuleTree.OfHost();
        tree.Depmod();
        string[] names = [.. questions(tree.File(option == "-R" ? "modules.alias" : "modules.dep"))];
        string theirs = tree.Modprobe(option, names);
        tree.DeleteIndexes();
        tree.WriteIndexes(Cancellation);
        return (theirs, tree.Modprobe(option, names));
    }

    private static IEnumerable<string> ModuleLines(string dependencies) =>
        File.ReadLines(dependencies).Select(line => line[..line.IndexOf(':', StringComparison.Ordinal)]);

    // Names that the aliases match: something for each wildcard.
    private static IEnumerable<string> SampleAliases(string file, int count)
    {
        string[] aliases =
        [
            .. File.ReadLines(file).Where(line => line.StartsWith("alias ", StringComparison.Ordinal)).Select(line => line.Split(' ')[1]),
        ];
        Random random = new(31);
        random.Shuffle(aliases);
        return aliases.Take(count).Select(alias =>
            CharacterRange().Replace(alias, match => match.Value[1..2]).Replace('?', '0').Replace("*", "12", StringComparison.Ordinal));
    }

    private static string RandomText(Random random, string characters, int longest) =>
        string.Concat(Enumerable.Range(0, random.Next(longest + 1)).Select(_ => characters[random.Next(characters.Length)]));

    [GeneratedRegex(@"\[[^]]*\]")]
    private static partial Regex CharacterRange();
}

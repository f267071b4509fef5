// A directory tree with a kernel's modules and without indexes, for depmod and for us.
using System.Globalization;
using System.Text;

using Guestfs.Appliances.Kernel;
using Guestfs.Appliances.Modules;
using Guestfs.Appliances.Plan;
using Guestfs.Appliances.Tests.Kernel;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.Modules;

internal sealed class ModuleTree : IDisposable
{
    internal const string Version = "1.2.3-test", Directory = "/lib/modules/" + Version;

    private static readonly string[] Names =
    [
        "modules.alias", "modules.alias.bin", "modules.builtin.alias.bin", "modules.builtin.bin", "modules.dep", "modules.dep.bin",
        "modules.devname", "modules.softdep", "modules.symbols.bin",
    ];

    // With dependencies of several levels, soft ones, device nodes and aliases of several kinds.
    private static readonly string[] SomeModules =
    [
        "dm-raid", "dm-crypt", "dm-cache", "xts", "lrw", "autofs4", "isofs", "vfat", "virtio_net", "libcrc32c", "overlay",
    ];

    // What comes with a kernel's package.
    private static readonly string[] PackagedLists = ["modules.order", "modules.builtin", "modules.builtin.modinfo"];

    private readonly TempDirectory directory = new();

    internal ModuleTree() => System.IO.Directory.CreateDirectory(File(""));

    internal string Root => directory.Path;

    // This machine's kernel: the modules themselves are not copied.
    internal static ModuleTree OfHost()
    {
        ModuleTree tree = new();
        string modules = HostKernel.Find().ModulesDirectory;
        System.IO.Directory.CreateSymbolicLink(tree.File("kernel"), Path.GetFullPath(modules + "/kernel"));
        tree.CopyLists();
        return tree;
    }

    // Copies of some of this machine's modules, as far as its kernel has them, and of all that they need.
    internal static ModuleTree OfSomeModules()
    {
        ModuleTree tree = new();
        string modules = HostKernel.Find().ModulesDirectory;
        IEnumerable<string> files = System.IO.File.ReadLines(modules + "/modules.dep")
            .Select(line => line.Split([':', ' '], StringSplitOptions.RemoveEmptyEntries))
            .Where(files => SomeModules.Contains(WantedModules.ModuleName(files[0]), StringComparer.Ordinal))
            .SelectMany(files => files)
            .Distinct(StringComparer.Ordinal);
        foreach (string file in files)
        {
            KernelModule module = new(modules + "/" + file, HostKernel.Source.Find(modules + "/" + file)!);
            string target = tree.File(Path.GetDirectoryName(file) + "/" + module.FileName);
            System.IO.Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            System.IO.File.WriteAllBytes(target, module.Read());
        }

        tree.CopyLists();
        return tree;
    }

    // Since version 34, an index has each node before those below it.
    private static int DepmodVersion() =>
        int.Parse(Command.Run("depmod", "--version").Split('\n')[0].Split(' ')[^1].Split('.')[0], CultureInfo.InvariantCulture);

    private void CopyLists()
    {
        string modules = HostKernel.Find().ModulesDirectory;
        foreach (string list in PackagedLists.Where(list => System.IO.File.Exists(modules + "/" + list)))
        {
            System.IO.File.Copy(modules + "/" + list, File(list));
        }
    }

    internal string File(string name) => Root + Directory + "/" + name;

    internal IReadOnlyList<PlanEntry> CreateIndexes(CancellationToken cancellationToken) =>
        ModuleIndexes.Create(new HostKernelSource(Root), Directory, 1_700_000_000, cancellationToken);

    internal void WriteIndexes(CancellationToken cancellationToken)
    {
        foreach (PlanEntry entry in CreateIndexes(cancellationToken))
        {
            System.IO.File.WriteAllBytes(Root + entry.Path, Bytes(entry));
        }
    }

    // With a configuration that is no one's.
    internal CommandResult TryDepmod()
    {
        string configuration = directory.File("configuration");
        System.IO.Directory.CreateDirectory(configuration);
        return Command.TryRun("depmod", ["-C", configuration, "-b", Root, Version]);
    }

    internal void Depmod()
    {
        CommandResult result = TryDepmod();
        Assert.True(result.ExitCode == 0, result.Error);
    }

    // What modprobe says of many names, each with its heading.
    internal string Modprobe(string option, IEnumerable<string> names)
    {
        const string Script = """while read -r name; do echo "== $name"; modprobe -d "$1" -S "$2" "$3" -- "$name" 2>&1; done""";
        CommandResult result = Command.TryRun(
            "sh", ["-c", Script, "sh", Root, Version, option], input: string.Concat(names.Select(name => name + "\n")));
        return result.Output.Replace(Root, "", StringComparison.Ordinal);
    }

    internal void AssertSameAsDepmod(CancellationToken cancellationToken)
    {
        IReadOnlyList<PlanEntry> ours = CreateIndexes(cancellationToken);
        Assert.Equal(Names.Select(name => Directory + "/" + name), ours.Select(entry => entry.Path));
        foreach (PlanEntry entry in ours)
        {
            AssertSameAsDepmod(Path.GetFileName(entry.Path), Bytes(entry));
            Assert.Equal((EntryKind.File, Permissions.Octal0644, 1_700_000_000), (entry.Kind, entry.Mode, entry.ModificationTime));
        }
    }

    // The same of indexes that were put somewhere.
    internal void AssertSameAsDepmod(Func<string, byte[]> read)
    {
        foreach (string name in Names)
        {
            AssertSameAsDepmod(name, read(name));
        }
    }

    private void AssertSameAsDepmod(string name, byte[] bytes)
    {
        byte[] expected = System.IO.File.ReadAllBytes(File(name));
        if (name.EndsWith(".bin", StringComparison.Ordinal))
        {
            // Of a list that is not there, depmod makes a file that is not even an index.
            Assert.Equal(expected.Length == 0 ? [] : KmodIndexDump.Lines(expected), KmodIndexDump.Lines(bytes));
            Assert.True(expected.Length == 0 || expected.Length == bytes.Length, name);
            Assert.True(expected.Length == 0 || DepmodVersion() >= 34 || expected.AsSpan().SequenceEqual(bytes), name);
        }
        else
        {
            Assert.Equal(Encoding.Latin1.GetString(expected), Encoding.Latin1.GetString(bytes));
        }
    }

    internal void DeleteIndexes()
    {
        foreach (string name in Names.Append("modules.symbols"))
        {
            System.IO.File.Delete(File(name));
        }
    }

    internal static byte[] Bytes(PlanEntry entry)
    {
        byte[] bytes = new byte[entry.Content!.Length];
        using IContentReader reader = entry.Content.Open();
        reader.ReadExactly(0, bytes);
        return bytes;
    }

    public void Dispose() => directory.Dispose();
}

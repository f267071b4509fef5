// A directory of programs and libraries that gcc makes, which stands for an appliance: at the same paths in the plan as on the host.
using Guestfs.Appliances.Host;
using Guestfs.Appliances.LazyLibraries;
using Guestfs.Appliances.Plan;
using Guestfs.Appliances.Tests.Ext2;
using Guestfs.Appliances.Tests.Kernel;
using Guestfs.TestSupport;

namespace Guestfs.Appliances.Tests.LazyLibraries;

internal sealed class LazyRoot : IDisposable
{
    private static readonly string Sources = Repository.File("tests", "ApplianceBuilder.Tests", "LazyLibraries");
    private readonly TempDirectory directory = new();

    public LazyRoot() => Command.Require("gcc", "readelf");

    private string Rpath => $"-Wl,--enable-new-dtags,-rpath,{directory.Path}";

    /// <summary>A file in it.</summary>
    public string File(string name) => directory.File(name);

    /// <summary>Compiles a library NAME.so.1.0, with the link NAME.so.1 that is also its name for others.</summary>
    public void Library(string name, string source, params string[] options)
    {
        Compile(File(name + ".so.1.0"), source, ["-shared", "-fPIC", "-O1", Rpath, $"-Wl,-soname,{name}.so.1", .. options]);
        System.IO.File.CreateSymbolicLink(File(name + ".so.1"), name + ".so.1.0");
    }

    /// <summary>Compiles a program.</summary>
    public void Program(string name, string source, params string[] options) =>
        Compile(File(name), source, ["-O1", Rpath, "-Wl,--no-as-needed", .. options]);

    /// <summary>Runs a program of it, as everybody would.</summary>
    public CommandResult Run(string name, params string[] arguments) => Command.TryRun(File(name), arguments);

    /// <summary>Runs a program of it with its lazy libraries.</summary>
    public CommandResult RunLazily(string name, IReadOnlyDictionary<string, string?>? environment, params string[] arguments)
    {
        LazyOptions options = Options(name);
        return Command.TryRun(options.Loader, ["--library-path", options.Directory, options.Program, .. arguments], environment);
    }

    /// <summary>Which libraries of a program are to be lazy, and where.</summary>
    public LazyOptions Options(string program, params string[] libraries) => new(File(program), File("lazy"), libraries);

    /// <summary>All its files as a plan, and the host's C library.</summary>
    public FilePlan Plan()
    {
        FilePlanBuilder builder = new();
        foreach (string path in Directory.GetFiles(directory.Path))
        {
            builder.Add(new FileInfo(path).LinkTarget is { } target ? PlanEntries.Link(path, target) : HostFile(path));
        }

        foreach (string path in CLibrary.Value)
        {
            builder.Add(HostFile(path));
        }

        return builder.Build();
    }

    /// <summary>Makes libraries of a program lazy, and puts them into the directory.</summary>
    public LazyPlan Apply(string program, params string[] libraries)
    {
        LazyOptions options = Options(program, libraries);
        LazyPlan lazy = LazyLibraryBuilder.Apply(Plan(), options, LazyCode.Read(HostKernel.Cpu), CancellationToken.None);
        Directory.CreateDirectory(options.Directory);
        foreach (PlanEntry entry in lazy.Files.Entries.Where(entry => FilePlanBuilder.ParentOf(entry.Path) == options.Directory))
        {
            if (entry.LinkTarget is { } target)
            {
                System.IO.File.CreateSymbolicLink(entry.Path, target);
            }
            else
            {
                System.IO.File.WriteAllBytes(entry.Path, Bytes(entry.Content!));
            }
        }

        return lazy;
    }

    /// <summary>The bytes of a content.</summary>
    public static byte[] Bytes(FileContent content)
    {
        byte[] bytes = new byte[content.Length];
        using IContentReader reader = content.Open();
        reader.ReadExactly(0, bytes);
        return bytes;
    }

    public void Dispose() => directory.Dispose();

    // With the loader, and with what older systems have beside the C library.
    private static readonly Lazy<string[]> CLibrary = new(() =>
        [.. new[] { "libc.so.6", "libdl.so.2", "libpthread.so.0", "libm.so.6" }
            .Select(name => Command.Run("gcc", "-print-file-name=" + name).Trim()).Where(Path.IsPathRooted).Select(Path.GetFullPath)
            .Concat(new[] { "/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1" }.Where(System.IO.File.Exists))]);

    private static PlanEntry HostFile(string path) =>
        PlanEntries.File(path, new BytesContent(System.IO.File.ReadAllBytes(path)), mode: Permissions.Octal0755);

    // A source is a file beside this one, or a text.
    private void Compile(string output, string source, string[] options)
    {
        string path = System.IO.Path.Combine(Sources, source);
        if (!source.EndsWith(".c", StringComparison.Ordinal))
        {
            System.IO.File.WriteAllText(path = File("source.c"), source);
        }

        Command.Run("gcc", [.. options.Where(option => !option.StartsWith("-l:", StringComparison.Ordinal)), "-Wno-psabi", "-I", Sources,
            "-o", output, path, "-L", directory.Path, .. options.Where(option => option.StartsWith("-l:", StringComparison.Ordinal))]);
        System.IO.File.Delete(File("source.c"));
    }
}

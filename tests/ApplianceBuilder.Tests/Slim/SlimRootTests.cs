// A root with programs that gcc makes: the loader is the judge of what they still find.
using Guestfs.Appliances.Host;
using Guestfs.Appliances.Plan;
using Guestfs.Appliances.Slim;
using Guestfs.Appliances.Tests.Ext2;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.Slim;

public sealed class SlimRootTests : IDisposable
{
    private const string Libraries = "/usr/lib/x86_64-linux-gnu/";
    private readonly TempDirectory directory = new();
    private readonly FilePlanBuilder builder = new();

    public SlimRootTests() => Command.Require("gcc");

    public void Dispose() => directory.Dispose();

    [Fact]
    public void What_nothing_runs_or_loads_goes_and_all_else_stays()
    {
        string needed = Library("needed", "int needed(void) { return 0; }"),
            opened = Library("opened", "int opened(void) { return 0; }"),
            ofPerl = Library("ofperl", "int ofperl(void) { return 0; }");
        const string Main = "int needed(void); const char *name = \"libopened.so.1\"; int main(int n, char **v) ";
        Program("/usr/bin/kept", Main + "{ return needed() || !dlopen(name, RTLD_NOW); }", needed);
        Program("/usr/bin/perl", "int ofperl(void); int main(void) { return ofperl(); }", ofPerl);
        builder.Add(PlanEntries.HardLink("/usr/bin/perl5.36.0", "/usr/bin/perl"));
        builder.Add(PlanEntries.File("/usr/bin/ld", "hard link's content"u8.ToArray()));
        builder.Add(PlanEntries.HardLink("/usr/sbin/linked", "/usr/bin/ld"));
        builder.Add(PlanEntries.File("/usr/bin/prove", "#!/usr/bin/perl\n"u8.ToArray()));
        builder.Add(PlanEntries.File("/usr/bin/zgrep", "#!/bin/sh\n# not perl\n"u8.ToArray()));
        builder.Add(PlanEntries.Link("/usr/bin/captoinfo", "perl"));
        builder.Add(PlanEntries.Link("/usr/bin/dangling", "/proc/mounts"));
        builder.Add(PlanEntries.File("/usr/share/perl/5.36.0/strict.pm", "1;"u8.ToArray()));
        builder.Add(PlanEntries.Directory("/var/empty"));

        FilePlan slim = SlimRoot.Apply(builder.Build(), "x86_64", null, 0, null, TestContext.Current.CancellationToken);

        Assert.Equal(
            [
                "/usr/bin/dangling", "/usr/bin/kept", "/usr/bin/zgrep",
                Libraries + "libneeded.so.1", Libraries + "libneeded.so.1.0", Libraries + "libopened.so.1", Libraries + "libopened.so.1.0",
                "/usr/sbin/linked", "/var/empty",
            ],
            slim.Entries.Where(entry => entry.Kind != EntryKind.Directory || entry.Path == "/var/empty").Select(entry => entry.Path));
        Assert.Null(slim.Find("/usr/share/perl"));
        Assert.Equal("hard link's content"u8, slim.Find("/usr/sbin/linked")!.Content!.ReadAll());

        Assert.Equal(0, Run(slim, "kept"));
    }

    // A library in place of one with which The Sleuth Kit reads images of disks in files: it fails, and has nothing else loaded.
    [Fact]
    public void Libraries_for_images_in_files_fail_where_the_sleuth_kit_alone_calls_them()
    {
        string behind = Library("behind", "int behind(void) { return 1; }"),
            images = Library("ewf", "int behind(void); int data = 5; int libewf_glob(void) { return behind(); }", behind),
            others = Library("afflib", "int behind(void); int af_open(void) { return behind(); }", behind),
            reader = Library("tsk", "int libewf_glob(void); int tsk(void) { return libewf_glob(); }", images);
        Program("/usr/bin/icat", "int tsk(void); int main(void) { return tsk() == -1 ? 0 : 1; }", reader, images);
        Program("/usr/bin/kept", "int af_open(void); int main(void) { return af_open(); }", others);

        FilePlan slim = SlimRoot.Apply(builder.Build(), "x86_64", null, 0, null, TestContext.Current.CancellationToken);
        Assert.Equal(0, Run(slim, "icat"));
        Assert.Equal(1, Run(slim, "kept"));
        Assert.True(slim.Find(Libraries + "libewf.so.1.0")!.Content!.Length < new FileInfo(images).Length);
    }

    [Fact]
    public void What_is_needed_only_without_another_program_goes_where_that_is()
    {
        builder.Add(PlanEntries.File("/usr/sbin/dhclient", "a"u8.ToArray()));
        Assert.NotNull(SlimRoot.Apply(builder.Build(), "x86_64", null, 0, null, TestContext.Current.CancellationToken)
            .Find("/usr/sbin/dhclient"));
        builder.Add(PlanEntries.File("/usr/sbin/dhcpcd", "b"u8.ToArray()));
        Assert.Null(SlimRoot.Apply(builder.Build(), "x86_64", null, 0, null, TestContext.Current.CancellationToken)
            .Find("/usr/sbin/dhclient"));
    }

    // As the appliance would start it.
    private int Run(FilePlan slim, string program)
    {
        string root = directory.File("root");
        if (Directory.Exists(root))
        {
            Directory.Delete(root, recursive: true);
        }

        Directory.CreateDirectory(root);
        foreach (PlanEntry entry in slim.Entries.Where(entry => entry.Path.StartsWith(Libraries, StringComparison.Ordinal)))
        {
            string path = Path.Combine(root, Path.GetFileName(entry.Path));
            if (entry.Content is { } content)
            {
                File.WriteAllBytes(path, content.ReadAll());
            }
            else
            {
                File.CreateSymbolicLink(path, entry.LinkTarget!);
            }
        }

        return Command.TryRun(
            directory.File(program), [], new Dictionary<string, string?> { ["LD_LIBRARY_PATH"] = root }).ExitCode;
    }

    private string Library(string name, string source, params string[] libraries)
    {
        string file = directory.File($"lib{name}.so.1.0");
        Compile(file, source, ["-shared", "-fPIC", $"-Wl,-soname,lib{name}.so.1", "-Wl,--allow-shlib-undefined", .. libraries]);
        builder.Add(PlanEntries.Link($"{Libraries}lib{name}.so.1", $"lib{name}.so.1.0"));
        Add($"{Libraries}lib{name}.so.1.0", file);
        return file;
    }

    private void Program(string path, string source, params string[] libraries)
    {
        string file = directory.File(Path.GetFileName(path));
        Compile(file, source, ["-Wl,--allow-shlib-undefined,--no-as-needed", .. libraries, "-ldl"]);
        Add(path, file);
    }

    private static void Compile(string file, string source, params string[] options)
    {
        File.WriteAllText(file + ".c", "#include <dlfcn.h>\n" + source);
        Command.Run("gcc", ["-o", file, file + ".c", .. options]);
    }

    private void Add(string path, string file) => builder.Add(new PlanEntry
    {
        Path = path, Kind = EntryKind.File, Mode = Permissions.Octal0755, Content = new BytesContent(File.ReadAllBytes(file)),
    });
}

// Programs of gcc's, which must not notice that a library is lazy; the loader is the judge of the library itself.
using Guestfs.Appliances.LazyLibraries;
using Guestfs.Appliances.Plan;
using Guestfs.Appliances.Tests.Kernel;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.LazyLibraries;

public sealed class ForwardingTests : IDisposable
{
    private readonly LazyRoot root = new();

    public void Dispose() => root.Dispose();

    [Fact]
    public void Arguments_and_results_of_every_kind_pass_as_they_are()
    {
        root.Library("libarguments", "arguments.c");
        root.Program("program", "arguments-main.c", "-l:libarguments.so.1");
        string before = Run("program");

        LazyLibrary library = Assert.Single(root.Apply("program", "libarguments.so.").Libraries);
        Assert.True(library.IsLazy, library.Reason);
        Assert.Equal(root.File("libarguments.so.1.0"), library.RealPath);
        Assert.Equal(before, RunLazily("program"));
        Assert.Contains("errno 4242", before, StringComparison.Ordinal);

        // With all symbols resolved at the start, too.
        Assert.Equal(before, root.RunLazily("program", new Dictionary<string, string?> { ["LD_BIND_NOW"] = "1" }).Output);
    }

    [Fact]
    public void The_real_library_and_what_it_needs_are_loaded_by_the_first_call()
    {
        root.Library("libbelow", "int below(void) { return 5; } __attribute__((constructor)) static void start(void) { }");
        root.Library("libabove", "int below(void); int above(void) { return below() + 1; }", "-l:libbelow.so.1");
        root.Program(
            "program",
            "#include <stdio.h>\nint above(void); int main(int n, char **a) { puts(\"called\"); fflush(stdout); return n > 1 ? above() : "
            + "0; }",
            "-l:libabove.so.1");
        Dictionary<string, string?> environment = new() { ["LD_DEBUG"] = "files" };
        Assert.True(Assert.Single(root.Apply("program", "libabove.so.").Libraries).IsLazy);

        CommandResult without = root.RunLazily("program", environment), with = root.RunLazily("program", environment, "call");
        Assert.Equal((0, 6), (without.ExitCode, with.ExitCode));
        Assert.DoesNotContain("libbelow", without.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(root.File("libabove"), without.Error, StringComparison.Ordinal);
        Assert.Contains(root.File("lazy/libabove.so.1"), without.Error, StringComparison.Ordinal);
        int started = with.Error.IndexOf("transferring control", StringComparison.Ordinal);
        Assert.InRange(with.Error.IndexOf("libbelow.so.1", StringComparison.Ordinal), started, with.Error.Length);
        Assert.Contains("called", with.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Threads_that_call_first_at_once_all_get_the_right_function()
    {
        root.Library("libarguments", "arguments.c");
        root.Program("program", "threads-main.c", "-pthread", "-l:libarguments.so.1");
        string before = Run("program");
        Assert.True(Assert.Single(root.Apply("program", "libarguments.so.").Libraries).IsLazy);
        for (int round = 0; round < Soak.Rounds(20, 2000); round++)
        {
            Assert.Equal(before, RunLazily("program"));
        }
    }

    [Fact]
    public void Each_version_of_a_function_leads_to_its_own()
    {
        File.WriteAllText(root.File("versions"), "V1 { global: f; other; local: *; };\nV2 { global: f; } V1;\n");
        const string Library = """
            __asm__(".symver f1, f@V1");
            __asm__(".symver f2, f@@V2");
            int f1(void) { return 1; }
            int f2(void) { return 2; }
            int other(void) { return 3; }
            """;
        root.Library("libversions", Library, "-Wl,--version-script=" + root.File("versions"));
        const string Main = "int f(void); int other(void); int old(void); int main(void) { return 100 * other() + 10 * old() + f(); }";
        const string Old = "__asm__(\".symver old, f@V1\"); int old(void);\n";
        root.Program("program", Old + Main, "-l:libversions.so.1");
        int before = root.Run("program").ExitCode;
        Assert.Equal(312 % 256, before);
        LazyLibrary library = Assert.Single(root.Apply("program", "libversions.so.").Libraries);
        Assert.True(library.IsLazy, library.Reason);
        Assert.Equal(3, library.Functions);
        Assert.Equal(before, root.RunLazily("program", null).ExitCode);
        string symbols = Command.Run("readelf", "-W", "--dyn-syms", root.File("lazy/libversions.so.1"));
        Assert.Contains("f@V1", symbols, StringComparison.Ordinal);
        Assert.Contains("f@@V2", symbols, StringComparison.Ordinal);
        Assert.Contains("other@@V1", symbols, StringComparison.Ordinal);
    }

    [Fact]
    public void In_another_root_directory_the_library_comes_from_the_first()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root can chroot.");
        root.Library("libarguments", "arguments.c");
        root.Program("program", "chroot-main.c", "-l:libarguments.so.1");
        using TempDirectory jail = new();
        string trap = jail.Path + Path.GetDirectoryName(root.File("program"));
        Directory.CreateDirectory(trap);
        Directory.CreateDirectory(jail.File("inside"));

        Assert.True(Assert.Single(root.Apply("program", "libarguments.so.").Libraries).IsLazy);
        Command.Run("gcc", "-shared", "-fPIC", "-o", trap + "/libarguments.so.1.0", "-x", "c",
            TextFile("long called_by_own(long value) { return -1; }"));
        CommandResult result = root.RunLazily("program", null, jail.Path, "/inside");
        Assert.Equal("called 42 errno 0\nin /inside, not outside\nno new files for others\n", result.Output);
    }

    [Fact]
    public void A_library_that_cannot_be_loaded_ends_the_program_with_the_reason()
    {
        root.Library("libarguments", "arguments.c");
        root.Program("program", "threads-main.c", "-pthread", "-l:libarguments.so.1");
        root.Apply("program", "libarguments.so.");
        string real = root.File("libarguments.so.1.0");
        File.Delete(real);
        CommandResult result = root.RunLazily("program", null);
        Assert.Equal(127, result.ExitCode);
        Assert.Contains(
            $"{real}: the library cannot be loaded: {real}: cannot open shared object file: No such file", result.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Binutils_and_elfutils_have_nothing_against_the_library()
    {
        Command.Require("eu-elflint", "ldd");
        File.WriteAllText(root.File("versions"), "V1 { global: *; };\n");
        root.Library("libversions", "arguments.c", "-Wl,--version-script=" + root.File("versions"));
        root.Library("libarguments", "arguments.c");
        root.Program("program", "arguments-main.c", "-l:libarguments.so.1", "-l:libversions.so.1");
        root.Program("other", "threads-main.c", "-pthread", "-l:libversions.so.1");
        Assert.All(
            root.Apply("program", "libarguments.so.", "libversions.so.").Libraries, library => Assert.True(library.IsLazy, library.Reason));
        foreach (string library in new[] { "libarguments.so.1", "libversions.so.1" })
        {
            CommandResult readelf = Command.TryRun("readelf", ["-aW", root.File("lazy/" + library)]);
            Assert.Equal((0, ""), (readelf.ExitCode, readelf.Error));
            Assert.Contains("GNU_RELRO", readelf.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("TEXTREL", readelf.Output, StringComparison.Ordinal);
            CommandResult lint = Command.TryRun("eu-elflint", ["--gnu-ld", root.File("lazy/" + library)]);
            Assert.Equal("No errors\n", lint.Output);
        }

        CommandResult ldd = Command.TryRun(
            "ldd", ["-r", root.File("program")], new Dictionary<string, string?> { ["LD_LIBRARY_PATH"] = root.File("lazy") });
        Assert.Equal((0, ""), (ldd.ExitCode, ldd.Error));
        Assert.Contains(root.File("lazy/libversions.so.1"), ldd.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("undefined", ldd.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_plan_gives_the_same_bytes()
    {
        root.Library("libarguments", "arguments.c");
        root.Program("program", "arguments-main.c", "-l:libarguments.so.1");
        FilePlan plan = root.Plan();
        byte[][] made = [.. Enumerable.Range(0, 2).Select(_ => LazyRoot.Bytes(
            LazyLibraryBuilder.Apply(
                plan, root.Options("program", "libarguments.so."), LazyCode.Read(HostKernel.Cpu), CancellationToken.None).Files
                .Find(root.File("lazy/libarguments.so.1"))!.Content!))];
        Assert.Equal(made[0], made[1]);
        Assert.InRange(made[0].Length, 1, 300_000);
    }

    private string TextFile(string text)
    {
        string path = root.File("text.c");
        File.WriteAllText(path, text);
        return path;
    }

    private string Run(string program) => Output(root.Run(program));

    private string RunLazily(string program) => Output(root.RunLazily(program, null));

    private static string Output(CommandResult result)
    {
        Assert.True(result.ExitCode == 0, $"{result.ExitCode}: {result.Error}");
        return result.Output;
    }
}

// Libraries that would not be the same if they were loaded later: they stay as they are, with the reason.
using Guestfs.Appliances.LazyLibraries;
using Guestfs.Appliances.Plan;
using Guestfs.Appliances.Tests.Ext2;
using Guestfs.Appliances.Tests.Kernel;
using Xunit;

namespace Guestfs.Appliances.Tests.LazyLibraries;

public sealed class LazyRefusalTests : IDisposable
{
    private const string Function = "int f(void) { return 1; }\n";
    private const string Main = "int f(void); int main(void) { return f() != 1; }\n";
    private readonly LazyRoot root = new();

    public void Dispose() => root.Dispose();

    [Theory]
    [InlineData(
        Function + "int data = 1;", "extern int data; int f(void); int main(void) { return f() != data; }", "uses data, which is data")]
    [InlineData(
        Function + "__thread int local = 1;",
        "extern __thread int local; int f(void); int main(void) { return f() != local; }",
        "which is thread-local data")]
    [InlineData(
        "static int g(void) { return 1; } static void *resolve(void) { return g; } int f(void) __attribute__((ifunc(\"resolve\")));",
        Main,
        "chosen when the library is loaded")]
    public void Uses_of_more_than_functions(string library, string program, string reason)
    {
        root.Library("libf", library);
        root.Program("program", program, "-l:libf.so.1");
        Refused(reason);
    }

    [Theory]
    [InlineData("-Wl,-z,initfirst", "initialised before all others")]
    [InlineData("-Wl,-z,nodlopen", "must not be loaded later (DF_1_NOOPEN)")]
    [InlineData("-Wl,-z,interpose", "takes the place")]
    [InlineData("-ftls-model=initial-exec", "thread-local data whose place is fixed")]
    public void Libraries_that_must_be_there_from_the_start(string option, string reason)
    {
        root.Library("libf", "__thread int local = 1; int f(void) { return local; }", option);
        root.Program("program", Main, "-l:libf.so.1");
        Refused(reason);
    }

    [Fact]
    public void Data_that_another_library_uses()
    {
        root.Library("libf", Function + "int data = 1;");
        root.Library("libuser", "extern int data; int use(void) { return data; }", "-l:libf.so.1");
        root.Program("program", Main, "-l:libf.so.1");
        Refused("libuser.so.1.0 uses data, which is data");
    }

    [Fact]
    public void A_library_that_another_may_open_by_its_name()
    {
        root.Library("libf", Function);
        root.Library("libopener", "#include <dlfcn.h>\nvoid *open_it(void) { return dlopen(\"libf.so.1\", RTLD_NOW); }");
        root.Program("program", Main, "-l:libf.so.1", "-l:libopener.so.1");
        Refused("libopener.so.1.0 may load it by its name (dlopen)");
    }

    [Fact]
    public void A_library_that_brings_one_whose_functions_a_program_uses()
    {
        root.Library("libbelow", "int below(void) { return 1; }");
        root.Library("libf", "int below(void); int f(void) { return below(); }", "-l:libbelow.so.1");
        root.Program(
            "program",
            "int f(void); int below(void); int main(void) { return f() != below(); }",
            "-l:libf.so.1", "-Wl,--unresolved-symbols=ignore-all");
        Refused("program uses below of");
    }

    [Fact]
    public void A_library_whose_function_would_come_before_another_no_more()
    {
        root.Library("libbelow", "int other(void) { return 2; }\nint below(void) { return other(); }");
        root.Library("libf", "int below(void); int other(void) { return 1; } int f(void) { return below(); }", "-l:libbelow.so.1");
        root.Library("liblast", "int other(void) { return 3; } int last(void) { return 1; }");
        root.Library("libuser", "int other(void); int use(void) { return other(); }");
        root.Program(
            "program", "int f(void); int use(void); int last(void); int main(void) { return f() != use() + last(); }", "-l:libuser.so.1",
            "-l:libf.so.1", "-l:liblast.so.1");

        // libuser finds the function in libf both times: that it uses it is known, and the library has it.
        LazyLibrary library = Assert.Single(root.Apply("program", "libf.so.").Libraries);
        Assert.True(library.IsLazy, library.Reason);
        Assert.Equal(2, library.Functions);
    }

    [Fact]
    public void A_program_that_says_where_its_libraries_are()
    {
        root.Library("libf", Function);
        root.Program("program", Main, "-l:libf.so.1", "-Wl,--disable-new-dtags");
        Refused("program has an RPATH");
    }

    [Fact]
    public void A_library_of_which_there_are_two()
    {
        root.Library("libf", Function);
        root.Program("program", Main, "-l:libf.so.1");
        FilePlanBuilder builder = new();
        foreach (PlanEntry entry in root.Plan().Entries)
        {
            builder.Add(entry);
        }

        builder.Add(PlanEntries.Link("/other/libf.so.1", root.File("libf.so.1.0")));
        LazyLibrary library = Assert.Single(Apply(builder.Build()).Libraries);
        Assert.Equal("2 files have its name", library.Reason);
    }

    [Fact]
    public void A_plan_without_the_program_or_the_library_stays_as_it_is()
    {
        root.Library("libf", Function);
        root.Program("program", Main, "-l:libf.so.1");
        FilePlan all = root.Plan();
        Assert.Empty(
            Apply(PlanEntries.PlanOf(all.Entries.Where(entry => !entry.Path.EndsWith("/program", StringComparison.Ordinal)))).Libraries);
        LazyPlan without = Apply(PlanEntries.PlanOf(all.Entries.Where(entry => !entry.Path.Contains("libf", StringComparison.Ordinal))));
        Assert.Equal("it is not in the appliance", Assert.Single(without.Libraries).Reason);
        LazyPlan withoutC = Apply(
            PlanEntries.PlanOf(all.Entries.Where(entry => !entry.Path.Contains("libc.so", StringComparison.Ordinal))));
        Assert.Contains("libc.so.6, which", Assert.Single(withoutC.Libraries).Reason, StringComparison.Ordinal);
        LazyPlan withoutLoader = Apply(
            PlanEntries.PlanOf(all.Entries.Where(entry => !entry.Path.Contains("ld-linux", StringComparison.Ordinal))));
        Assert.Contains("ld-linux", Assert.Single(withoutLoader.Libraries).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_files_are_no_error()
    {
        root.Library("libf", Function);
        root.Program("program", Main, "-l:libf.so.1");
        FilePlan plan = root.Plan();
        Random random = new(7);
        foreach (string name in new[] { "libf.so.1.0", "program" })
        {
            PlanEntry entry = plan.Find(root.File(name))!;
            byte[] bytes = LazyRoot.Bytes(entry.Content!);
            for (int round = 0; round < Guestfs.TestSupport.Soak.Rounds(300, 20_000); round++)
            {
                byte[] damaged = [.. bytes.AsSpan(0, round % 3 == 0 ? random.Next(bytes.Length) : bytes.Length)];
                for (int i = 0; i < 8 && damaged.Length > 0; i++)
                {
                    // Where the numbers are: headers at both ends, and tables.
                    int at = round % 2 == 0 ? random.Next(damaged.Length) : Math.Max(0, damaged.Length - 1 - random.Next(2048));
                    damaged[at] = (byte)random.Next(256);
                }

                LazyPlan lazy = Apply(PlanEntries.PlanOf(
                    plan.Entries.Select(old => old.Path == entry.Path ? old with { Content = new BytesContent(damaged) } : old)));
                Assert.All(lazy.Libraries, library => Assert.True(library.IsLazy || library.Reason!.Length > 0));
            }
        }
    }

    private void Refused(string reason)
    {
        FilePlan plan = root.Plan();
        LazyPlan lazy = Apply(plan);
        Assert.Contains(reason, Assert.Single(lazy.Libraries).Reason ?? "nothing", StringComparison.Ordinal);
        Assert.Same(plan, lazy.Files);
        Assert.Equal(0, root.Run("program").ExitCode);
    }

    private LazyPlan Apply(FilePlan plan) =>
        LazyLibraryBuilder.Apply(plan, root.Options("program", "libf.so."), LazyCode.Read(HostKernel.Cpu), CancellationToken.None);
}

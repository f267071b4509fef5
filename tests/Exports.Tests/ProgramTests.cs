// C programs that use the library well and badly: they say themselves what is wrong.
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Exports.Tests;

public sealed class ProgramTests
{
    private static readonly Lazy<CProgram> Robust = new(() => new CProgram("robust", PublishedLibrary.Product, "-lguestfs"));

    [Theory]
    [InlineData("null-pointers")]
    [InlineData("stale-handles")]
    [InlineData("garbage-handles")]
    [InlineData("free-during-call")]
    [InlineData("free-inside-callback")]
    [InlineData("callbacks-call-back")]
    [InlineData("many-handles")]
    [InlineData("too-many-handles")]
    [InlineData("one-handle-in-many-threads")]
    [InlineData("forks")]
    [InlineData("fork-before-the-first-call")]
    [InlineData("signals")]
    [InlineData("library-missing")]
    [InlineData("function-missing")]
    [InlineData("no-disks")]
    [InlineData("little-address-space")]
    [InlineData("failed-launch")]
    [InlineData("appliances")]
    public void The_library_survives(string what) => Robust.Value.Run(what);

    [Fact]
    public void An_image_that_is_in_use_tells_what_it_is()
    {
        using LockedImage image = new();
        Robust.Value.Run(new Dictionary<string, string?>(image.SearchPath) { ["IMAGE"] = image.File }, "image-in-use");
    }

    [Fact]
    public void A_managed_appliance_that_does_not_boot_is_replaced_and_that_is_remembered()
    {
        Assert.SkipUnless(Command.Run("uname", "-m").Trim() == "x86_64", "The other processors' appliances are stock anyway.");
        using TempDirectory directory = new();
        using BrokenFastQemu qemu = new();

        // A bundle's own appliance is never replaced.
        Dictionary<string, string?> environment = new()
        {
            ["QEMU"] = qemu.File, ["CACHE"] = directory.File("cache"), ["GUESTFS_BUNDLE"] = null,
        };
        Assert.Equal("launched, 1 warnings\n", Robust.Value.Run(environment, "managed-appliance").Output);
        Assert.Equal(["fast", "stock"], qemu.TakeLaunched());
        qemu.Refuse("all");
        Assert.Equal("refused, 0 warnings\n", Robust.Value.Run(environment, "managed-appliance").Output);
        Assert.Equal(["stock"], qemu.TakeLaunched());
    }

    [Fact]
    public void Every_function_refuses_in_a_child()
    {
        using TempDirectory directory = new();
        File.WriteAllLines(directory.File("all-calls.h"), Header.Read().Functions.Select(f => $"{f.Returns switch
        {
            "gfs_status" => "STATUS_CALL",
            "void" => "VOID_CALL",
            _ => "VALUE_CALL",
        }}({f.Name}, {f.Name}({string.Join(", ", Enumerable.Repeat("0", f.ParameterCount))}))"));
        new CProgram("child", PublishedLibrary.Product, "-I", directory.Path).Run();
    }

    // Not linked with libguestfs, so that nothing but the library itself keeps that loaded.
    [Fact]
    public void The_first_calls_may_come_from_many_threads_at_once() => new CProgram("cold", PublishedLibrary.Product).Run();

    [Fact]
    public void A_call_cancelled_while_its_handle_closes_reaches_no_closed_handle()
    {
        using TempDirectory directory = new();
        Assert.Empty(new CProgram("late", PublishedLibrary.Product).Run(CloseWatch.Compile(directory)).Error);
    }

    [Fact]
    public void The_environment_chooses_no_code_in_a_program_with_more_rights_than_its_caller()
    {
        using TempDirectory directory = new();
        Dictionary<string, string?> environment = new(CloseWatch.Compile(directory)) { ["LIBGUESTFS_PATH"] = "/chosen" };
        CProgram program = new("rights", PublishedLibrary.Product);
        Assert.Equal($"{environment["GUESTFS_LIBRARY"]} /chosen\n", program.Run(environment).Output);

        program.GiveGroup("daemon");
        string output = program.Run(environment).Output;
        Assert.StartsWith("libguestfs.so.0 ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("/chosen", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_caller_may_load_it_locally_and_close_it() =>
        new CProgram("dynamic", PublishedLibrary.Product, "-Wl,--as-needed", "-ldl").Run();

    [Fact]
    public void A_caller_compiled_with_an_older_header_works_and_one_with_a_newer_is_told()
    {
        using TempDirectory directory = new();
        string disk = directory.File("disk");
        using (FileStream file = File.Create(disk))
        {
            file.SetLength(1 << 20);
        }

        new CProgram("generations", PublishedLibrary.Product).Run(disk);
    }
}

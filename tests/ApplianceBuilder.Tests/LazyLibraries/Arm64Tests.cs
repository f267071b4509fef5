// Forwarding libraries for aarch64, made and judged on any machine.
using Guestfs.Appliances.LazyLibraries;
using Guestfs.Appliances.Plan;
using Guestfs.Appliances.Tests.Ext2;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.LazyLibraries;

public sealed class Arm64Tests : IDisposable
{
    private const string Compiler = "aarch64-linux-gnu-gcc", Target = "/usr/aarch64-linux-gnu";
    private readonly TempDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void The_library_is_sound_and_its_stubs_lead_to_the_common_code()
    {
        Command.Require(Compiler, "aarch64-linux-gnu-objdump", "eu-elflint", "sh");
        LazyPlan lazy = Apply();
        Assert.True(Assert.Single(lazy.Libraries).IsLazy, lazy.Libraries[0].Reason);
        string path = directory.File("lazy/libarguments.so.1");
        Assert.Equal("No errors\n", Command.TryRun("eu-elflint", ["--gnu-ld", path]).Output);
        string code = Command.Run("aarch64-linux-gnu-objdump", "-d", "--no-show-raw-insn", path);
        string[] stub = [.. code[code.IndexOf("<many_integers", StringComparison.Ordinal)..].Split('\n')
            .Skip(1)
            .Take(5)
            .Select(line => line.Split('\t')[1].Trim())];
        Assert.Equal(["adrp", "ldr", "br", "mov", "b"], stub);

        // By a user-mode emulator, where there is one.
        if (Command.Find("qemu-aarch64-static") is { } emulator)
        {
            string[] program = ["-L", Target, directory.File("program")];
            CommandResult before = Command.TryRun(
                emulator, program, new Dictionary<string, string?> { ["QEMU_SET_ENV"] = "LD_LIBRARY_PATH=" + directory.Path });
            CommandResult after = Command.TryRun(emulator, program, new Dictionary<string, string?>
            {
                ["QEMU_SET_ENV"] = $"LD_LIBRARY_PATH={directory.File("lazy")}:{directory.Path}",
            });
            Assert.Equal((0, 0), (before.ExitCode, after.ExitCode));
            Assert.Equal(before.Output, after.Output);
        }
    }

    private LazyPlan Apply()
    {
        string sources = Repository.File("tests", "ApplianceBuilder.Tests", "LazyLibraries"),
            library = directory.File("libarguments.so.1"),
            program = directory.File("program");
        Command.Run(
            Compiler, "-shared", "-fPIC", "-O1", "-Wl,-soname,libarguments.so.1", "-o", library, Path.Combine(sources, "arguments.c"));
        Command.Run(Compiler, "-O1", "-o", program, Path.Combine(sources, "arguments-main.c"), library);
        CommandResult build = Command.TryRun(
            "sh", [Repository.File("native", "guest", "lazy-library", "build.sh"), directory.File("code")], new Dictionary<string, string?>
            {
                ["CC"] = Compiler,
            });
        Assert.True(build.ExitCode == 0, build.Output + build.Error);
        FilePlan plan = PlanEntries.PlanOf(new[] { library, program, Target + "/lib/libc.so.6", Target + "/lib/ld-linux-aarch64.so.1" }
            .Select(path => PlanEntries.File(
                path.Replace(Target, "", StringComparison.Ordinal), File.ReadAllBytes(path), mode: Permissions.Octal0755)));
        LazyOptions options = new(program, directory.File("lazy"), ["libarguments.so."]);
        LazyPlan lazy = LazyLibraryBuilder.Apply(
            plan, options, LazyCode.Decode(File.ReadAllBytes(directory.File("code"))), CancellationToken.None);
        Directory.CreateDirectory(options.Directory);
        File.WriteAllBytes(
            directory.File("lazy/libarguments.so.1"), LazyRoot.Bytes(lazy.Files.Find(options.Directory + "/libarguments.so.1")!.Content!));
        return lazy;
    }
}

// --if-newer, --lock and the replacement of an old output, side by side with the real supermin.
using System.Diagnostics;

using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Cli.Tests.Supermin;

public sealed class RebuildTests : IDisposable
{
    private const string NotNeeded = "if-newer: output does not need rebuilding";
    private readonly TempDirectory directory = new();

    public RebuildTests() => File.WriteAllText(directory.File("list"), "bash\n");

    [Theory]
    [InlineData("chroot", true)]
    [InlineData("ext2", true)]
    [InlineData("ext2", false)]
    public void An_output_is_rebuilt_only_if_an_input_is_not_older(string format, bool byUs)
    {
        string[] arguments = ["--build", "--if-newer", "-v", "-f", format, "-o", "out", "list"];
        string output = format == "ext2" ? directory.File("out/root") : directory.File("out");
        Assert.DoesNotContain(NotNeeded, Run(), StringComparison.Ordinal);
        long first = Inode();
        SetTime("list", -60);
        Assert.Contains(NotNeeded, Run(), StringComparison.Ordinal);
        Assert.Equal(first, Inode());

        // The same time is not older.
        Command.Run("touch", "-h", "-r", output, directory.File("list"));
        Assert.DoesNotContain(NotNeeded, Run(), StringComparison.Ordinal);
        long second = Inode();
        Assert.NotEqual(first, second);

        SetTime("list", 60);
        Assert.DoesNotContain(NotNeeded, Run(), StringComparison.Ordinal);
        Assert.NotEqual(second, Inode());

        // What one has built, the other need not build again.
        SetTime("list", -60);
        CommandResult other = byUs ? Supermin.Real(arguments, directory.Path) : Supermin.Ours(arguments, directory.Path);
        Assert.Contains(NotNeeded, other.Output, StringComparison.Ordinal);

        string Run()
        {
            CommandResult result = byUs ? Supermin.Ours(arguments, directory.Path) : Supermin.Real(arguments, directory.Path);
            Assert.True(result.ExitCode == 0, result.Error);
            return result.Output;
        }

        long Inode() => long.Parse(Command.Run("stat", "-c", "%i", output), null);
    }

    [Fact]
    public void A_missing_part_of_the_output_is_a_reason_to_rebuild()
    {
        string[] arguments = ["--build", "--if-newer", "-v", "-f", "ext2", "-o", "out", "list"];
        SetTime("list", -60);
        Assert.Equal(0, Supermin.Ours(arguments, directory.Path).ExitCode);
        File.Delete(directory.File("out/initrd"));
        Assert.DoesNotContain(NotNeeded, Supermin.Ours(arguments, directory.Path).Output, StringComparison.Ordinal);
        Assert.True(File.Exists(directory.File("out/initrd")));
    }

    [Fact]
    public async Task The_lock_of_another_program_is_waited_for()
    {
        const string Holder =
            "import fcntl, sys; f = open(sys.argv[1], 'w'); fcntl.lockf(f, fcntl.LOCK_EX); print('locked', flush=True); sys.stdin.read()";
        Command.Require("python3");
        using Process holder = Process.Start(new ProcessStartInfo(Command.Find("python3")!, ["-c", Holder, directory.File("lock")])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        })!;
        Assert.Equal("locked", await holder.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));

        Task<CommandResult> build = Task.Run(
            () => Supermin.Ours(["--build", "-f", "chroot", "--lock", "lock", "-o", "out", "list"], directory.Path),
            TestContext.Current.CancellationToken);
        Task pause = Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
        Assert.Same(pause, await Task.WhenAny(build, pause));
        Assert.False(Path.Exists(directory.File("out")));
        holder.StandardInput.Close();
        await holder.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, (await build).ExitCode);
        Assert.True(Directory.Exists(directory.File("out")));
        Assert.Equal("644\n", Command.Run("stat", "-c", "%a", directory.File("lock")));
    }

    [Fact]
    public void An_old_output_is_replaced_whatever_it_is()
    {
        foreach (string old in new[] { "folder", "file", "link" })
        {
            string output = directory.File(old);
            switch (old)
            {
                case "folder":
                    Directory.CreateDirectory(output + "/closed");
                    File.WriteAllText(output + "/closed/file", "old");
                    Command.Run("chmod", "0", output + "/closed");
                    break;
                case "file":
                    File.WriteAllText(output, "old");
                    break;
                default:
                    Directory.CreateDirectory(directory.File("elsewhere"));
                    File.WriteAllText(directory.File("elsewhere/file"), "other");
                    File.CreateSymbolicLink(output, "elsewhere");
                    break;
            }

            CommandResult result = Supermin.Ours(["--build", "-f", "chroot", "-o", old, "list"], directory.Path);
            Assert.True(result.ExitCode == 0, result.Error);
            Assert.Equal("directory\n", Command.Run("stat", "-c", "%F", output));
        }

        Assert.Equal("other", File.ReadAllText(directory.File("elsewhere/file")));
        Assert.Equal(["elsewhere", "file", "folder", "link", "list"],
            Directory.EnumerateFileSystemEntries(directory.Path).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));
    }

    public void Dispose() => directory.Dispose();

    private void SetTime(string name, int seconds) => Command.Run("touch", "-d", $"{seconds} seconds", directory.File(name));
}

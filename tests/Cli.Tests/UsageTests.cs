// What the tool says to a wrong command line, and how it ends. The shell's view of it is the judge.
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Cli.Tests;

public sealed class UsageTests : IDisposable
{
    private readonly TempDirectory directory = new();

    // In turn: what is written, and what the message must name.
    public static TheoryData<string, string> Wrong => new()
    {
        { "", "appliance, bundle, supermin" },
        { "nonsense", "'nonsense'" },
        { "-v ls disk /", "'gfs ls -v'" },
        { "--format=raw ls disk /", "'gfs ls --format=raw'" },
        { "appliance --profile fast build", "'gfs appliance build --profile'" },
        { "--nonsense ls disk /", "not a command or option of 'gfs ls'" },
        { "ls -lz disk /", "'-z' in '-lz' is not an option of 'gfs ls'" },
        { "ls -l disk / -Rqlxy", "'-x' in '-Rqlxy'" },
        { "ls --long=false disk /", "'--long' takes no value" },
        { "ls disk / --json=x", "'--json' takes no value" },
        { "tail -fx5 disk /f", "'-x' in '-fx5'" },
        { "doctor --no-launch=x", "'x'" },
        { "ls --root=$unset disk /", "'--root=' gives no value" },
        { "ls -a=$unset disk /", "'-a=' gives no value" },
        { "completion csh", "bash, zsh, fish" },
        { "find disk / --type x", "f, d, l" },
        { "find disk / --newer yesterday", "2026-01-31" },
        { "checksum disk / --algorithm crc", "sha256" },
        { "grep 'a(' disk", "path is missing" },
        { "tail -n many disk /f", "'many'" },
        { "cp a b", "disk.img:/path" },
        { "cp disk.img:/a other.img:/b", "one side is this host" },
        { "cp disk.img:/a other.img:/b here", "on one disk" },
        { "cp -a disk.img disk.img:/a here", "write :/path" },
        { "sync a b disk.img:/c", "one source" },
        { "tar out disk /a b c", "'c'" },
        { "tar in files.tar disk.img:/a", "a disk is named before all else" },
        { "ls $(printf 'disk\\377') /", "argument 'disk\\xff'" },
        { "appliance", "build, list, show, path, test, diff, verify, clean" },
        { "appliance build --nonsense", "'--nonsense'" },
        { "make --type xfs files.tar image", "'--type' is not an option of 'gfs make'" },
        { "appliance build -o", "-o" },
        { "appliance build -o ''", "--output" },
        { "appliance build --cache ''", "--cache" },
        { "appliance build --root ''", "--root" },
        { "appliance build --skeleton ''", "--skeleton" },
        { "appliance build --deb ''", "--deb" },
        { "appliance verify ''", "directory" },
        { "appliance build --size 99999999999999999999G", "'99999999999999999999G'" },
        { "appliance build --size 1024T", "'1024T'" },
        { "appliance build --free-space -1", "'-1'" },
        { "appliance build --profile nope", "stock or fast" },
        { "appliance build --arch riscv64", "aarch64" },
        { "appliance build --profile 1", "stock or fast" },
        { "appliance build --with-state --profile stock", "--with-state needs the profile fast" },
        { "appliance build --with-state --arch arm64", "this machine's processor" },
        { "appliance build --repository nope --suite s --keyring k", "'nope'" },
        { "appliance build --repository http://localhost/", "--suite" },
        { "appliance build --repository http://localhost/ --suite s", "--keyring" },
        { "appliance build --suite s --component main", "--repository" },
        { "appliance build --suite s --deb d", "--deb" },
        { "appliance build --suite s --root /", "--root" },
        { "appliance build --deb d --like-supermin", "--like-supermin" },
        { "appliance build --package p", "--package" },
        { "appliance build --kernel-package p", "--kernel-package" },
        { "appliance build --keyring k", "--keyring" },
        { "appliance build --component c", "--component" },
        { "appliance build --allow-expired", "--allow-expired" },
        { "appliance build --skeleton-deb d", "--deb" },
        { "appliance build --skeleton-deb d --deb d --skeleton s", "--skeleton" },
        { "appliance build --kernel-version 6.1", "--kernel" },
        { "appliance build --size 1G --free-space 1G", "--free-space" },
        { "appliance build -o out --cache cache", "--cache" },
        { "appliance build -o .", "current directory" },
        { "appliance build -o ..", "current directory" },
        { "appliance clean --cache cache --unused-for -5", "'-5'" },
        { "appliance clean --cache cache --unused-for 99999999999", "'99999999999'" },
        { "appliance build -o $(printf 'a\\377b')", "argument 'a\\xffb' has bytes that are not UTF-8" },
        { "appliance build --cache $(printf '\\377')", "argument '\\xff' has bytes that are not UTF-8" },
        { "appliance clean --cache $(printf 'c\\300')", "argument 'c\\xc0' has bytes that are not UTF-8" },
        { "supermin --build -f chroot -o $(printf '\\377') list", "argument '\\xff' has bytes that are not UTF-8" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_wrong_command_line_gets_one_line_and_the_exit_code_2(string arguments, string named)
    {
        CommandResult result = Run($"{Program} {arguments}");
        Assert.True(result.ExitCode == 2, $"{result.ExitCode}: {result.Error}");
        Assert.Equal("", result.Output);
        Assert.Single(result.Error.TrimEnd('\n').Split('\n'));
        Assert.Matches("^(gfs|supermin): ", result.Error);
        Assert.Contains(named, result.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(directory.Path));
    }

    // In turn: a line of a script, the exit code, and what the message must name.
    [Theory]
    [InlineData("gfs appliance build -o a/b/c", 5, "/a/b does not exist")]
    [InlineData("gfs appliance build --root /nowhere -o out", 5, "/nowhere, the root of the system")]
    [InlineData("gfs appliance build --kernel /etc/passwd -o out", 5, "--kernel-version")]
    [InlineData("gfs appliance build --kernel /nowhere -o out", 5, "--kernel")]
    [InlineData(
        "gfs appliance build --suite bookworm --keyring /nowhere --cache cache -o out; code=$?; rm -r cache; (exit $code)", 5, "--keyring")]
    [InlineData("gfs appliance clean --cache cache", 0, "")]
    [InlineData("gfs --help >/dev/full", 5, "No space left on device")]
    [InlineData("gfs appliance verify nowhere 2>/dev/full", 1, "")]
    [InlineData("{ { sleep 0.3; gfs --help; echo $? >&3; } | true; } 3>&1 | grep -qx 141", 0, "")]
    [InlineData("mkdir gone; cd gone; rmdir ../gone; gfs appliance verify x", 5, "current directory")]
    [InlineData(
        "name=$(printf '\\377'); mkdir \"$name\"; cd \"$name\"; gfs appliance build -o out; code=$?; cd ..; rmdir \"$name\"; (exit $code)",
        2,
        "current directory")]
    [InlineData("gfs appliance verify \"$(printf 'a\\033[31mb')\"", 1, "a\\x1b[31mb")]
    public void Other_mistakes_get_a_line_too(string script, int exitCode, string named)
    {
        ArgumentNullException.ThrowIfNull(named);
        CommandResult result = Run($"gfs() {{ {Program} \"$@\"; }}; {script}");
        Assert.True(exitCode == result.ExitCode, $"{result.ExitCode}: {result.Error}");
        Assert.Equal(named.Length > 0 ? 1 : 0, result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains(named, result.Error, StringComparison.Ordinal);
        Assert.Equal("", result.Output);
        Assert.Empty(Directory.EnumerateFileSystemEntries(directory.Path));
    }

    public void Dispose() => directory.Dispose();

    private static string Program => string.Join(' ', Gfs.CommandLine.Select(word => $"'{word}'"));

    private CommandResult Run(string script) => Command.TryRun("sh", ["-c", script], directory: directory.Path);
}

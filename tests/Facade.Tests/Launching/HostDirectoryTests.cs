// Directories of the host that libguestfs cannot use, and a network that it cannot set up. libguestfs itself, the kernel and its own words
// judge that it is so.
using System.Net.Sockets;

using Guestfs.Interop;
using Guestfs.Tests.Support;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Tests.Launching;

public sealed class HostDirectoryTests : IDisposable
{
    private readonly TempDirectory directory = new();
    private readonly FakeLaunch fake = new();

    public void Dispose()
    {
        fake.Dispose();
        directory.Dispose();
    }

    [Theory]
    [InlineData("TMPDIR")]
    [InlineData("LIBGUESTFS_CACHEDIR")]
    [InlineData("XDG_RUNTIME_DIR")]
    public void A_variable_that_names_no_directory(string variable)
    {
        string output = ChildProcess.Run(["create"], new Dictionary<string, string?> { [variable] = directory.File("gone") }).Output;
        Assert.StartsWith("GuestfsException 2\n", output, StringComparison.Ordinal);
        Assert.Contains(directory.File("gone"), output, StringComparison.Ordinal);
        Assert.Contains("an environment variable (LIBGUESTFS_*, TMPDIR, XDG_RUNTIME_DIR)", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_for_temporary_files_that_has_gone()
    {
        string gone = Directory.CreateDirectory(directory.File("tmp")).FullName;
        GuestfsLaunchException e = fake.Fail(FakeLaunch.Qemu, h => Leave(h, gone));
        Assert.Equal(LaunchFailure.DirectoryUnusable, e.Failure);
        Assert.Contains($"The directory {gone}, for temporary files, does not exist.", e.Message, StringComparison.Ordinal);
        Assert.Contains("SetTmpdir", e.Remedy, StringComparison.Ordinal);
        Assert.Equal(Libc.ENOENT, e.Errno);

        using GuestfsHandle handle = fake.Handle(FakeLaunch.Qemu);
        Leave(handle, Directory.CreateDirectory(gone).FullName);
        string disk = directory.File("disk");
        File.WriteAllBytes(disk, new byte[512]);
        GuestfsException added = Assert.Throws<GuestfsException>(
            () => handle.AddDrive(disk, new AddDriveOptions { Format = "raw", ReadOnly = true }));
        Assert.Contains($"The directory {gone}, for temporary files, does not exist.", added.Message, StringComparison.Ordinal);

        static void Leave(GuestfsHandle h, string name)
        {
            h.SetTmpdir(name);
            Directory.Delete(name);
        }
    }

    // As in containers, whose processes may have numbers that no list of users has.
    [Fact]
    public void A_user_without_a_name_is_called_by_its_number()
    {
        string closed = Directory.CreateDirectory(directory.File("closed")).FullName;
        Command.Run("chmod", "555", closed);

        CommandResult result = Command.TryRun(
            "unshare", ["--user", "--map-user=54321", .. ChildProcess.CommandLine("launch")],
            new Dictionary<string, string?> { ["TMPDIR"] = closed });

        Assert.Contains("cannot be written by the user of this process (54321)", result.Output + result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cache_that_belongs_to_another_user()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            Command.Missing("Only root can give away a directory.");
        }

        string cache = Directory.CreateDirectory(directory.File(".guestfs-0")).FullName;
        string path = Command.Run("env", "-u", "LIBGUESTFS_PATH", "guestfish", "get-path").Trim();
        Assert.SkipUnless(
            ApplianceFiles.Find(path) is { } found && ApplianceFiles.IsBuiltBySupermin(found), "Supermin builds no appliance here.");
        Command.Run("chown", "12345", cache);
        GuestfsLaunchException e = fake.Fail(FakeLaunch.Qemu, h =>
        {
            h.SetPath(path);
            h.SetCachedir(directory.Path);
        });
        Assert.Equal(LaunchFailure.DirectoryUnusable, e.Failure);
        CommandResult judge = Command.TryRun("guestfish", ["-a", "/dev/null", "run"], new Dictionary<string, string?>
        {
            ["LIBGUESTFS_PATH"] = null, ["LIBGUESTFS_CACHEDIR"] = directory.Path, ["LIBGUESTFS_BACKEND"] = "direct",
        });
        Assert.Contains($"security: cached appliance {cache} is not owned by UID 0", judge.Error, StringComparison.Ordinal);
        Assert.Contains($"{cache} belongs to user 12345", e.Message, StringComparison.Ordinal);
        Assert.Contains("SetCachedir", e.Remedy, StringComparison.Ordinal);
    }

    // The longest that libguestfs can use is the longest whose socket the kernel's address has room for.
    [Fact]
    public void A_directory_for_sockets_with_a_name_that_is_too_long()
    {
        string root = directory.File("s"), longest = root + new string('x', 76 - root.Length);
        Directory.CreateDirectory(longest);
        Directory.CreateDirectory(longest + "x");
        _ = new UnixDomainSocketEndPoint($"{longest}/libguestfsXXXXXX/guestfsd.sock");
        Assert.Throws<ArgumentOutOfRangeException>(() => new UnixDomainSocketEndPoint($"{longest}x/libguestfsXXXXXX/guestfsd.sock"));
        Assert.Null(HostDirectories.Fault("/tmp", longest, null));
        LaunchFinding fault = HostDirectories.Fault("/tmp", longest + "x", null)!;
        Assert.Equal(LaunchFailure.DirectoryUnusable, fault.Failure);
        Assert.Contains("is too long: it may have 76 bytes", fault.Cause, StringComparison.Ordinal);
        Assert.Contains("XDG_RUNTIME_DIR", fault.Remedy, StringComparison.Ordinal);
    }

    // A passt that fails as the real one does for root in a chroot; libguestfs uses it from 1.52 on.
    [Fact]
    public void A_network_that_passt_does_not_set_up()
    {
        string passt = directory.File("passt");
        File.WriteAllText(passt, "#!/bin/sh\ncase \"$*\" in *--socket*) echo 'Failed to bind UNIX domain socket' >&2; exit 1;; esac\n");
        Command.Run("chmod", "0755", passt);
        string output = ChildProcess.Run(["launch-with-network"], new Dictionary<string, string?>
        {
            ["LIBGUESTFS_PATH"] = fake.Directory,
            ["LIBGUESTFS_BACKEND"] = "direct",
            ["LIBGUESTFS_BACKEND_SETTINGS"] = "force_tcg",
            ["PATH"] = $"{directory.Path}:{Environment.GetEnvironmentVariable("PATH")}",
        }).Output;
        using GuestfsHandle judge = new(new GuestfsHandleOptions { IgnoreEnvironment = true });
        if (judge.Version() is { Major: 1, Minor: < 52 })
        {
            // It leaves the network to qemu.
            Assert.DoesNotContain("passt", output, StringComparison.Ordinal);
            return;
        }

        Assert.Contains("passt exited with status 1", output, StringComparison.Ordinal);
        Assert.Contains("passt, which connects the appliance to the network, ended with 1", output, StringComparison.Ordinal);
        Assert.Contains(
            Environment.IsPrivilegedProcess ? "Run the program as another user" : "Take passt", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("passt exited with status 1", "passt", 1)]
    [InlineData("passt завершила роботу зі станом 1", "passt", 1)]
    [InlineData("Роботу /usr/bin/supermin завершено зі станом виходу 127.\nexport LIBGUESTFS_DEBUG=1", "/supermin", 127)]
    [InlineData("/usr/bin/supermin がエラーステータス 127 で終了しました", "/supermin", 127)]
    [InlineData("cannot find any suitable libguestfs supermin, fixed or old-style appliance", "/supermin", null)]
    public void The_end_of_a_program_is_known_in_any_language(string message, string program, int? number) =>
        Assert.Equal(number, DeathDiagnosis.NumberIn(message, program));
}

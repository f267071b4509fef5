// Messages that name what the API has, and results that hold failures. The shell and Python judge what they read.
using System.Text.Json;

using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Tests.Errors;

public sealed class AdviceTests
{
    [Fact]
    public void A_launch_without_a_disk_says_how_to_add_one()
    {
        using GuestfsHandle handle = new();
        handle.SetBackend("direct");
        GuestfsLaunchException e = Assert.Throws<GuestfsLaunchException>(() => handle.Launch());
        Assert.Contains("AddDrive", e.Remedy, StringComparison.Ordinal);
        Assert.DoesNotContain("guestfs_", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://example.org/disk.img", "https")]
    [InlineData("nbd://localhost/export", "nbd")]
    public void An_address_as_a_file_names_the_options_for_it(string address, string protocol)
    {
        using GuestfsHandle handle = new();
        GuestfsDiskException e = Assert.Throws<GuestfsDiskException>(() => handle.AddDrive(address));
        Assert.Equal(2, e.Errno);
        Assert.Contains($"AddDriveOptions.Protocol \"{protocol}\"", e.Message, StringComparison.Ordinal);
        Assert.Contains("AddDriveOptions.Server", e.Message, StringComparison.Ordinal);
        handle.AddDrive("/export", new AddDriveOptions { Protocol = "nbd", Server = ["localhost"], Format = "raw" });
    }

    [Fact]
    public void Limits_that_cannot_be_are_named_as_they_are_set()
    {
        Assert.Contains("GuestfsHandleOptions.LaunchTimeout is -1 ms", Assert.Throws<ArgumentOutOfRangeException>(
            () => new GuestfsHandleOptions { LaunchTimeout = TimeSpan.FromMilliseconds(-1) }).Message, StringComparison.Ordinal);
        using GuestfsHandle handle = new();
        Assert.Contains(
            "ExtractOptions.MaxDepth is -1",
            Assert.Throws<ArgumentOutOfRangeException>(() => handle.Extract("/", "/", new ExtractOptions { MaxDepth = -1 })).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Functions_of_libguestfs_are_called_as_here_and_files_stay_files()
    {
        Assert.Equal("call AddDrive before Launch (not /x/guestfs_launch, guestfs_no_such or my_guestfs_launch)", ApiName.InMessage(
            "call guestfs_add_drive_opts before guestfs_launch (not /x/guestfs_launch, guestfs_no_such or my_guestfs_launch)"));
    }

    [Fact]
    public void A_system_with_problems_that_were_thrown_is_written_as_JSON()
    {
        using GuestfsHandle handle = new();
        GuestfsException thrown = Assert.ThrowsAny<GuestfsException>(() => handle.Ls("/"));
        string json = JsonSerializer.Serialize(new GuestOperatingSystem { Root = "/dev/sda1", Problems = [thrown] });
        Assert.Equal("ls",
            Command.Run("python3", "-c", "import json,sys; print(json.loads(sys.argv[1])['Problems'][0]['Operation'], end='')", json));
        GuestMountReport report = new([], [new(new("/", "/dev/sda1", null), thrown, "remedy")]);
        Assert.Contains("\"errno\":", JsonSerializer.Serialize(report, JsonSerializerOptions.Web), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NAME=x\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nID=debian")]
    [InlineData("PRETTY_NAME='single $quoted'\n")]
    [InlineData("PRETTY_NAME=plain")]
    [InlineData("PRETTY_NAME=\"a \\\"quoted\\\" \\$name and \\\\\"\nPRETTY_NAME_OLD=y")]
    [InlineData("PRETTY_NAME=\"first\"\nPRETTY_NAME=\"last\"\n")]
    public void The_pretty_name_is_what_a_shell_reads(string text)
    {
        using TempDirectory directory = new();
        File.WriteAllText(directory.File("os-release"), text);
        Assert.Equal(Command.Run("sh", "-c", $". '{directory.File("os-release")}'; printf %s \"$PRETTY_NAME\""), OsRelease.Value(text));
    }
}

// Disks that cannot be added: each error says what is wrong and what to do. qemu and the kernel would say less, later.
using Guestfs.Tests.Support;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Tests.Disks;

public sealed class DiskErrorTests : IDisposable
{
    private readonly TempDirectory directory = new();
    private readonly GuestfsHandle handle = new(new GuestfsHandleOptions { IgnoreEnvironment = true });

    public void Dispose()
    {
        handle.Dispose();
        directory.Dispose();
    }

    [Fact]
    public void A_missing_disk()
    {
        string file = directory.File("disk.img");
        GuestfsDiskException e = Assert.Throws<GuestfsDiskException>(() => handle.AddDrive(file));
        Assert.Equal("add_drive", e.Operation);
        Assert.Equal(2, e.Errno);
        Assert.Contains($"{file}: No such file or directory", e.Message, StringComparison.Ordinal);
        Assert.Contains("Check the name of the disk image", e.Message, StringComparison.Ordinal);
        Assert.Contains(Environment.CurrentDirectory, e.Message, StringComparison.Ordinal);
        Assert.Equal(2, Assert.Throws<GuestfsDiskException>(() => handle.AddDrive(file, new AddDriveOptions { ReadOnly = true })).Errno);
        Assert.Equal(2, Assert.Throws<GuestfsDiskException>(() => handle.AddDriveRo(file)).Errno);
    }

    [Fact]
    public void A_directory_as_a_disk()
    {
        GuestfsDiskException e = Assert.Throws<GuestfsDiskException>(
            () => handle.AddDrive(directory.Path, new AddDriveOptions { Format = "raw" }));
        Assert.Equal(21, e.Errno);
        Assert.Contains($"{directory.Path}: is a directory", e.Message, StringComparison.Ordinal);
        Assert.Contains("Name the disk image file", e.Message, StringComparison.Ordinal);
        Assert.Equal("add_drive_ro", Assert.Throws<GuestfsDiskException>(() => handle.AddDriveRo(directory.Path)).Operation);
        Assert.Equal(21,
            Assert.Throws<GuestfsDiskException>(() => handle.AddDrive(directory.Path, new AddDriveOptions { Protocol = "file" })).Errno);
    }

    [Fact]
    public void A_disk_that_the_user_may_not_read()
    {
        string file = directory.File("secret.img");
        File.WriteAllBytes(file, new byte[512]);
        File.SetUnixFileMode(file, UnixFileMode.None);
        CommandResult result = Environment.IsPrivilegedProcess
            ? ChildProcess.RunWithoutOverride("add-drive", file)
            : ChildProcess.Run(["add-drive", file]);
        Assert.StartsWith("GuestfsDiskException 13\n", result.Output, StringComparison.Ordinal);
        Assert.Contains($"{file}: Permission denied", result.Output, StringComparison.Ordinal);
        Assert.Contains("must be able to read the image", result.Output, StringComparison.Ordinal);
        Assert.Empty(result.Error);
    }

    [Fact]
    public void An_image_that_is_in_use_tells_what_it_is()
    {
        using LockedImage image = new();
        Assert.NotEqual(0, Command.TryRun("qemu-img", ["info", image.File]).ExitCode);
        CommandResult result = ChildProcess.Run(["image-facts", image.File], image.SearchPath);
        Assert.StartsWith($"qcow2 {5 << 20} True\nno exception\nGuestfsException ", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_qemu_img_does_not_open_has_no_facts_whatever_its_name_says()
    {
        Command.Require("qemu-img", "prlimit");
        string image = directory.File("{\"format\": \"raw\", \"virtual-size\": 5}");
        File.WriteAllBytes(image, [(byte)'Q', (byte)'F', (byte)'I', 0xFB, 0, 0, 0, 99, .. new byte[504]]);
        Assert.NotEqual(0, Command.TryRun("qemu-img", ["info", "-U", image]).ExitCode);
        Assert.Equal("disk_format", Assert.Throws<GuestfsException>(() => handle.DiskFormat(image)).Operation);
        Assert.Equal("disk_virtual_size", Assert.Throws<GuestfsException>(() => handle.DiskVirtualSize(image)).Operation);
    }

    [Fact]
    public void A_name_with_a_NUL_character()
    {
        File.WriteAllBytes(directory.File("disk"), new byte[512]);
        Assert.Throws<ArgumentException>("fileName", () => handle.AddDrive(directory.File("disk") + "\0.img"));
        Assert.Throws<ArgumentException>("fileName", () => handle.AddDrive(directory.Path + "\0"));
        Assert.Throws<ArgumentNullException>("fileName", () => handle.AddDrive(null!));
    }

    [Fact]
    public void A_bad_option_is_an_error_of_libguestfs()
    {
        File.WriteAllBytes(directory.File("disk"), new byte[512]);
        GuestfsException e = Assert.Throws<GuestfsException>(
            () => handle.AddDrive(directory.File("disk"), new AddDriveOptions { Protocol = "carrier-pigeon" }));
        Assert.Equal("add_drive", e.Operation);
        Assert.Contains("carrier-pigeon", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void After_errors_a_good_disk_can_still_be_added()
    {
        Assert.Throws<GuestfsDiskException>(() => handle.AddDrive(directory.Path));
        Assert.Throws<GuestfsDiskException>(() => handle.AddDrive(directory.File("missing")));
        File.WriteAllBytes(directory.File("disk"), new byte[512]);
        handle.AddDrive(directory.File("disk"), new AddDriveOptions { ReadOnly = true, Format = "raw" });
        Assert.Single(handle.DebugDrives());
    }
}

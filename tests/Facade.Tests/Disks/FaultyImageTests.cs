// Images that qemu refuses: each is told for what it is, wherever it is noticed, and with the file that is at fault.
using System.Globalization;

using Guestfs.Tests.Launching;
using Guestfs.Tests.Support;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Tests.Disks;

public sealed class FaultyImageTests : IDisposable
{
    private readonly TempDirectory directory = new();
    private readonly FakeLaunch fake = new();

    public static TheoryData<string, bool> Kinds
    {
        get
        {
            TheoryData<string, bool> data = [];
            foreach (string kind in FaultyImage.Kinds.Keys)
            {
                data.Add(kind, false);
                data.Add(kind, true);
            }

            return data;
        }
    }

    public void Dispose()
    {
        fake.Dispose();
        directory.Dispose();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_image_that_qemu_refuses(string kind, bool readOnly)
    {
        FaultyImage image = FaultyImage.Make(directory, kind);
        GuestfsDiskException e = Refused(image, readOnly);
        Assert.Equal(FaultyImage.Kinds[kind], e.Problem.ToString());
    }

    [Fact]
    public void A_loop_of_backing_files()
    {
        // Read-only, qemu follows it until it has no descriptors left.
        GuestfsDiskException e = Refused(FaultyImage.MakeLoop(directory), readOnly: false);
        Assert.Equal(DiskProblem.ChainLoop, e.Problem);
        Assert.Contains(directory.File("base"), e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_image_that_is_marked_as_damaged_is_refused_for_writing_alone()
    {
        string disk = directory.File("disk");
        Command.Run("qemu-img", "create", "-q", "-f", "qcow2", disk, "1M");
        using (FileStream file = File.OpenWrite(disk))
        {
            file.Position = 79;
            file.WriteByte(2);
        }

        Assert.Contains("\"corrupt\": true", Command.Run("qemu-img", "info", "--output=json", disk), StringComparison.Ordinal);
        GuestfsDiskException e = Refused(new FaultyImage(disk, "qcow2", disk), readOnly: false);
        Assert.Equal(DiskProblem.Corrupt, e.Problem);
        Assert.Contains("qemu-img check -r all", e.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void An_image_that_another_process_has_open_is_told_with_the_process()
    {
        using LockedImage image = new();
        GuestfsLaunchException launch = fake.Fail(
            FakeLaunch.Qemu, h => h.AddDrive(image.File, new AddDriveOptions { Format = "qcow2" }));
        Assert.Equal(LaunchFailure.DiskLocked, launch.Failure);
        GuestfsDiskException e = Assert.IsType<GuestfsDiskException>(launch.InnerException);
        Assert.Equal((DiskProblem.Locked, image.File), (e.Problem, e.File));
        Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $"is in use by qemu-io (process {image.Holder}, started by this program)"),
            launch.Message,
            StringComparison.Ordinal);
        Assert.Contains("corrupts", e.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void An_image_that_a_handle_has_twice()
    {
        string disk = directory.File("disk");
        File.WriteAllBytes(disk, new byte[512]);
        GuestfsLaunchException launch = fake.Fail(FakeLaunch.Qemu, h =>
        {
            h.AddDrive(disk, new AddDriveOptions { Format = "raw" });
            h.AddDrive(directory.File("../" + Path.GetFileName(directory.Path) + "/disk"), new AddDriveOptions { Format = "raw" });
        });
        Assert.Equal(LaunchFailure.DiskLocked, launch.Failure);
        Assert.Contains("is in use by this handle already", launch.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_disk_on_the_network_whose_server_does_not_answer()
    {
        GuestfsLaunchException launch = fake.Fail(
            FakeLaunch.Qemu,
            h => h.AddDrive(
                "export", new AddDriveOptions { Protocol = "nbd", Server = [$"unix:{directory.File("socket")}"], Format = "raw" }));
        Assert.Equal(LaunchFailure.DiskUnusable, launch.Failure);
        Assert.Contains("No such file or directory", launch.Message, StringComparison.Ordinal);
        Assert.Null(launch.InnerException);
    }

    [Fact]
    public void An_appliance_that_cannot_be_opened_is_no_fault_of_a_disk()
    {
        string disk = directory.File("disk");
        Command.Run("qemu-img", "create", "-q", "-f", "qcow2", "-u", "-b", directory.File("gone"), "-F", "raw", disk, "1M");
        GuestfsLaunchException e = fake.Fail(
            fake.Script("echo 'qemu-system-x86_64: -drive file=root,id=appliance: Could not open it'; exit 1"),
            h => h.AddDrive(disk, new AddDriveOptions { Format = "qcow2" }));
        Assert.Equal(LaunchFailure.HypervisorRefused, e.Failure);
    }

    // Root may do all; a program without that right sees what the mode says. What it may not do is judged by cat(1).
    [Theory]
    [InlineData("closed", "cannot be reached: ")]
    [InlineData("closed/base", "may not be read by ")]
    public void A_backing_file_that_the_user_may_not_reach(string what, string cause)
    {
        Directory.CreateDirectory(directory.File("closed"));
        string lower = directory.File("closed/base"), disk = directory.File("disk");
        Command.Run("qemu-img", "create", "-q", "-f", "raw", lower, "1M");
        Command.Run("qemu-img", "create", "-q", "-f", "qcow2", "-b", lower, "-F", "raw", disk);
        File.SetUnixFileMode(directory.File(what), UnixFileMode.None);
        string[] asUser = Environment.IsPrivilegedProcess ? ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] : ["env"];
        Assert.Contains("Permission denied", Command.TryRun(asUser[0], [.. asUser[1..], "cat", lower]).Error, StringComparison.Ordinal);

        CommandResult result = Command.TryRun(asUser[0], [.. asUser[1..], .. ChildProcess.CommandLine("add-drive-ro", disk)]);
        File.SetUnixFileMode(directory.File("closed"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.StartsWith("GuestfsDiskException 13\n", result.Output, StringComparison.Ordinal);
        Assert.Contains($"The backing file {lower} of the disk image {disk}", result.Output, StringComparison.Ordinal);
        Assert.Contains(cause, result.Output, StringComparison.Ordinal);
        Assert.Contains(Command.Run("stat", "-c", ": it belongs to user %u and group %g and has the mode 00.", disk).Trim(), result.Output,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/a b readonly format=raw protocol=file iface=virtio", "/a b", "raw", true)]
    [InlineData("/a protocol=file", "/a", null, false)]
    [InlineData("/a readonly protocol=file", "/a", null, true)]
    [InlineData("/a format=q protocol=nbd format=qcow2 protocol=file", "/a format=q protocol=nbd", "qcow2", false)]
    [InlineData("/a format= readonly format=a/b protocol=file", "/a format= readonly format=a/b", null, false)]
    [InlineData("/a protocol=nbd protocol=file cache=unsafe", "/a protocol=nbd", null, false)]
    public void Disks_as_libguestfs_lists_them(string line, string file, string? format, bool readOnly) =>
        Assert.Equal([new LocalDisk(file, format, readOnly)], LocalDisk.Parse([line, "export protocol=nbd"]));

    [Fact]
    public void A_disk_whose_name_looks_like_options_is_listed_by_its_name()
    {
        string disk = directory.File("a readonly format=qcow2");
        File.WriteAllBytes(disk, new byte[512]);
        using GuestfsHandle handle = new(new GuestfsHandleOptions { IgnoreEnvironment = true });
        handle.AddDrive(disk);
        Assert.Equal([new LocalDisk(disk, null, false)], LocalDisk.Parse(handle.DebugDrives()));
    }

    private GuestfsDiskException Refused(FaultyImage image, bool readOnly)
    {
        AddDriveOptions options = new() { Format = image.Format, ReadOnly = readOnly };
        using GuestfsHandle handle = fake.Handle(FakeLaunch.Qemu, new GuestfsHandleOptions { Accelerator = Accelerator.Tcg });
        GuestfsDiskException e;
        try
        {
            handle.AddDrive(image.File, options);
            GuestfsLaunchException launch = Assert.Throws<GuestfsLaunchException>(handle.Launch);
            Assert.Equal(LaunchFailure.DiskUnusable, launch.Failure);
            e = Assert.IsType<GuestfsDiskException>(launch.InnerException);
            Assert.Equal(e.Remedy, launch.Remedy);
            Assert.Contains($"he disk image {image.File}", launch.Message, StringComparison.Ordinal);
        }
        catch (GuestfsDiskException refused)
        {
            e = refused;
            Assert.Equal("add_drive", e.Operation);
        }

        Assert.Equal(image.File, e.Disk);
        Assert.Equal(image.Culprit, e.File);
        Assert.Contains(e.Remedy!, e.Message, StringComparison.Ordinal);
        Assert.Contains(image.Culprit, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("LIBGUESTFS_DEBUG", e.Message, StringComparison.Ordinal);
        return e;
    }
}

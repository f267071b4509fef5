// What a C program is told of launches that fail before anything runs.
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Exports.Tests;

public sealed class FaultTests : IDisposable
{
    internal static readonly Lazy<CProgram> Faults = new(() => new CProgram("faults", PublishedLibrary.Product));

    private readonly TempDirectory directory = new();
    private readonly FakeAppliance appliance = new();

    public static TheoryData<string> Kinds => [.. FaultyImage.Kinds.Keys];

    public void Dispose()
    {
        appliance.Dispose();
        directory.Dispose();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_image_that_qemu_refuses(string kind)
    {
        FaultyImage image = FaultyImage.Make(directory, kind);
        string problem = Header.Read().Enums.Single(e => e.Name == "gfs_disk_problem").Values.Single(
            v => v.Name.Replace("_", "", StringComparison.Ordinal)
                .Equals("GFSDISK" + FaultyImage.Kinds[kind], StringComparison.OrdinalIgnoreCase))
            .Value;
        string launch = $"GFS_ERR_LAUNCH {(int)LaunchFailure.DiskUnusable} {problem} ", add = $"GFS_ERR_DISK 0 {problem} ";
        CommandResult written = Fail(image, readOnly: false);
        Assert.StartsWith(launch, written.Output, StringComparison.Ordinal);
        Assert.Contains(image.Culprit, written.Output, StringComparison.Ordinal);
        CommandResult read = Fail(image, readOnly: true);
        Assert.True(
            read.Output.StartsWith(add, StringComparison.Ordinal) || read.Output.StartsWith(launch, StringComparison.Ordinal), read.Output);
        Assert.Contains(image.Culprit, read.Output, StringComparison.Ordinal);
    }

    // As a user who is not root, which does not look at the variable. He need not be able to reach the checkout.
    [Theory]
    [InlineData("too long", "socket path too long")]
    [InlineData("another user's", "Permission denied")]
    [InlineData("another user's cache", "")]
    public void A_directory_that_libguestfs_cannot_use(string kind, string judge)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            Command.Missing("Only root can become another user.");
        }

        const string User = "12345";
        string own = directory.File(new string('x', 80)),
            others = directory.File("others"),
            disk = directory.File("disk"),
            run = directory.File("run");
        File.WriteAllBytes(disk, new byte[512]);
        Directory.CreateDirectory(own);
        Directory.CreateDirectory(others);
        Command.Run("cp", Faults.Value.File, PublishedLibrary.Product.File, directory.Path);
        Command.Run("chown", User, own, disk);
        Command.Run("chmod", "0755", directory.Path, appliance.Directory, others);
        Dictionary<string, string?> environment = new(LaunchLanguageTests.Variables(appliance))
        {
            ["XDG_RUNTIME_DIR"] = kind == "too long" ? own : kind == "another user's" ? others : null,
            ["LD_LIBRARY_PATH"] = directory.Path,
            ["HOME"] = "/nowhere",
        };
        if (kind == "another user's cache")
        {
            Directory.CreateDirectory($"{run}/supermin.d");
            Directory.CreateDirectory($"{run}/.guestfs-{User}");
            (environment["LIBGUESTFS_CACHEDIR"], environment["LIBGUESTFS_PATH"]) = (run, run);
        }

        CommandResult result = Command.TryRun(
            "setpriv", [$"--reuid={User}", $"--regid={User}", "--clear-groups", directory.File("faults"), disk, "raw", "0"], environment);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.StartsWith($"GFS_ERR_LAUNCH {(int)LaunchFailure.DirectoryUnusable} 0 ", result.Output, StringComparison.Ordinal);
        Assert.Contains(judge, result.Output, StringComparison.Ordinal);
        Assert.Contains(kind == "too long" ? own : kind == "another user's" ? others : run, result.Output, StringComparison.Ordinal);
    }

    private CommandResult Fail(FaultyImage image, bool readOnly) =>
        Faults.Value.Run(LaunchLanguageTests.Variables(appliance), image.File, image.Format ?? "", readOnly ? "1" : "0");
}

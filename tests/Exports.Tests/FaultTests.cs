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
            v => v.Name.Replace("_", "", StringComparison.Ordinal).Equals("GFSDISK" + FaultyImage.Kinds[kind], StringComparison.OrdinalIgnoreCase))
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

    private CommandResult Fail(FaultyImage image, bool readOnly) =>
        Faults.Value.Run(LaunchLanguageTests.Environment(appliance), image.File, image.Format ?? "", readOnly ? "1" : "0");
}

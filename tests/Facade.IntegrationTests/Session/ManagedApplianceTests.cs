// Handles that launch an appliance of our own; guestfish on upstream's appliance and the kernel in ours are the judges.
using Guestfs.Appliances;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.IntegrationTests.Session;

public sealed class ManagedApplianceTests
{
    [Fact]
    public void A_handle_builds_its_appliance_boots_it_and_finds_it_again()
    {
        using TempDirectory directory = new();
        string cache = directory.File("cache"), disk = directory.File("disk.img");
        Command.Run("mke2fs", "-q", "-t", "ext4", "-L", "managed", disk, "64M");
        List<ApplianceStage> stages = [];

        using (GuestfsHandle g = new(
            new GuestfsHandleOptions
            {
                // Said to be the usual ones, or a bundle's appliance would do.
                Appliance = new ManagedApplianceSource(
                    new ApplianceBuildOptions(), cache, new SynchronousProgress<ApplianceProgress>(value => stages.Add(value.Stage))),
            }))
        {
            g.AddDrive(disk, new AddDriveOptions { Format = "raw" });
            g.Launch();
            Assert.StartsWith(cache, g.GetPath(), StringComparison.Ordinal);
            Assert.Equal("managed", g.VfsLabel("/dev/sda"));
            g.Mount("/dev/sda", "/");
            g.Write("/greeting", "hello"u8);
            g.Shutdown();
        }

        Assert.Contains(ApplianceStage.WritingRoot, stages);
        Assert.Equal("hello", Command.Run("debugfs", "-R", "cat /greeting", disk));
        string built = Assert.Single(Directory.GetDirectories(cache), entry => !entry.Contains(".state-", StringComparison.Ordinal));
        DateTime written = File.GetLastWriteTimeUtc(Path.Combine(built, "root"));

        stages.Clear();
        using Appliances.Appliance again = new ApplianceCache(cache)
            .GetOrBuild(
                new ApplianceBuildOptions(),
                new SynchronousProgress<ApplianceProgress>(value => stages.Add(value.Stage)),
                TestContext.Current.CancellationToken);
        Assert.Equal(built, again.Directory);
        Assert.Equal(written, File.GetLastWriteTimeUtc(Path.Combine(built, "root")));
        Assert.DoesNotContain(ApplianceStage.WritingRoot, stages);
        Assert.Equal(0, Command.TryRun("e2fsck", ["-fn", Path.Combine(built, "root")]).ExitCode);

        // One byte of it changed: not booted.
        string copy = directory.File("copy");
        Command.Run("cp", "-a", built, copy);
        using (FileStream root = new(Path.Combine(copy, "root"), FileMode.Open))
        {
            root.Position = root.Length / 2;
            int old = root.ReadByte();
            root.Position--;
            root.WriteByte((byte)(old ^ 1));
        }

        using GuestfsHandle refused = new(new GuestfsHandleOptions { Appliance = new VerifiedApplianceSource(copy) });
        refused.AddDriveScratch(1 << 20);
        GuestfsLaunchException error = Assert.Throws<GuestfsLaunchException>(refused.Launch);
        Assert.Equal(LaunchFailure.ApplianceUnavailable, error.Failure);
        Assert.Equal(ApplianceProblem.Damaged, Assert.IsType<ApplianceException>(error.InnerException).Problem);
        Assert.Equal(GuestfsState.Config, refused.State);
    }
}

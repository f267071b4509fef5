// Fast appliances that do not boot, and what takes their place.
using Guestfs.Appliances;
using Guestfs.IntegrationTests.Support;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.IntegrationTests.Launching;

// The appliances are built once for all of them.
public sealed class FallbackTests(TempDirectory builtOnce) : IClassFixture<TempDirectory>
{
    [Fact]
    public void A_stock_one_takes_its_place_and_that_is_remembered_for_the_qemu()
    {
        OnlyWithFast();
        using BrokenFastQemu qemu = new();
        List<string> warnings = [], notes = [];
        using (GuestfsHandle g = NewHandle(qemu, warnings, notes))
        {
            g.Launch();
            Assert.Equal(["/dev/sda"], g.ListDevices());
            using Appliances.Appliance appliance = Appliances.Appliance.Open(g.GetPath());
            Assert.Equal(ApplianceProfile.Stock, appliance.Manifest!.Profile);
        }

        Assert.Equal(["fast", "stock"], qemu.TakeLaunched());
        string warning = Assert.Single(warnings);
        Assert.Contains("did not boot", warning, StringComparison.Ordinal);
        Assert.Contains(qemu.File, warning, StringComparison.Ordinal);

        // From now on nothing else is tried; that this launch fails is not the appliance's fault.
        qemu.Refuse("all");
        using (GuestfsHandle g = NewHandle(qemu, warnings, notes))
        {
            Assert.Equal(LaunchFailure.HypervisorRefused, Assert.Throws<GuestfsLaunchException>(g.Launch).Failure);
        }

        Assert.Equal(["stock"], qemu.TakeLaunched());
        Assert.Single(warnings);
        Assert.Contains(notes, note => note.Contains("did not boot", StringComparison.Ordinal));

        // Another qemu may do better. It is tried, and that it refuses to start says nothing about the appliance.
        qemu.Update();
        using (GuestfsHandle g = NewHandle(qemu, warnings, notes))
        {
            Assert.Equal(LaunchFailure.HypervisorRefused, Assert.Throws<GuestfsLaunchException>(g.Launch).Failure);
        }

        Assert.Equal(["fast", "fast"], qemu.TakeLaunched());

        // What the user chose is not replaced.
        qemu.Refuse(null);
        using (GuestfsHandle g = NewHandle(qemu, warnings, notes, new ApplianceBuildOptions { Profile = ApplianceProfile.Fast }))
        {
            Assert.Equal(LaunchFailure.ApplianceDied, Assert.Throws<GuestfsLaunchException>(g.Launch).Failure);
        }

        Assert.Equal(["fast"], qemu.TakeLaunched());
        Assert.Single(warnings);
    }

    [Fact]
    public void One_that_hangs_is_replaced_when_its_time_is_over_and_forgotten_if_the_other_does_not_start_either()
    {
        OnlyWithFast();
        using BrokenFastQemu qemu = new(TinyKernel.Halts);
        qemu.Refuse("stock");
        List<string> warnings = [];
        using (GuestfsHandle g = NewHandle(qemu, warnings, []))
        {
            // In which qemu is asked for its features, too.
            g.Session.Appliances.TrialLimit = TimeSpan.FromSeconds(6);
            Assert.Equal(LaunchFailure.HypervisorRefused, Assert.Throws<GuestfsLaunchException>(g.Launch).Failure);
        }

        Assert.Contains("did not report within 6 s. It is replaced by another one", Assert.Single(warnings), StringComparison.Ordinal);
        Assert.Equal(["fast", "stock"], qemu.TakeLaunched());

        // The judge of what became of the one that hung: nothing runs with that kernel any more.
        Assert.Empty(Processes.With(Path.GetDirectoryName(qemu.File)!));

        qemu.Refuse("all");
        using (GuestfsHandle g = NewHandle(qemu, warnings, []))
        {
            Assert.Equal(LaunchFailure.HypervisorRefused, Assert.Throws<GuestfsLaunchException>(g.Launch).Failure);
        }

        Assert.Equal(["fast", "fast"], qemu.TakeLaunched());
        Assert.Single(warnings);
    }

    private static void OnlyWithFast() =>
        Assert.SkipUnless(Command.Run("uname", "-m").Trim() == "x86_64", "The other processors' appliances are stock anyway.");

    private GuestfsHandle NewHandle(BrokenFastQemu qemu, List<string> warnings, List<string> notes, ApplianceBuildOptions? options = null)
    {
        GuestfsHandle g = new(new GuestfsHandleOptions
        {
            IgnoreEnvironment = true,
            Accelerator = Accelerator.Tcg,

            // Said to be the usual ones, or a bundle's appliance would do, which has none that could take its place.
            Appliance = new ManagedApplianceSource(options ?? new ApplianceBuildOptions(), builtOnce.File("cache")),
        });
        g.SetBackend("direct");
        g.SetHv(qemu.File);
        g.AddDriveScratch(1 << 20);
        g.WarningReceived += (_, e) => warnings.Add(e.Text);
        g.LibraryMessageReceived += (_, e) => notes.Add(e.Text);
        return g;
    }
}

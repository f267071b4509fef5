// A fast appliance that does not boot: the real qemu, with a kernel in its place that faults at once, as one does that was changed
// wrongly.
using Guestfs.Appliances;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.IntegrationTests.Launching;

public sealed class FallbackTests : IDisposable
{
    private readonly TempDirectory directory = new();
    private readonly string hypervisor;

    public FallbackTests()
    {
        Command.Require("gcc", "qemu-system-x86_64");
        const string Kernel = """
            .section .note.Xen, "a", @note
            .long 4, 8, 18
            .asciz "Xen"
            .quad entry
            .text
            .code32
            entry: ud2
            """;
        const string Layout = """
            ENTRY(entry)
            PHDRS { kernel PT_LOAD; note PT_NOTE; }
            SECTIONS { . = 0x1000000; .text : { *(.text) } :kernel .note.Xen : { *(.note.Xen) } :kernel :note /DISCARD/ : { *(*) } }
            """;
        File.WriteAllText(directory.File("kernel.S"), Kernel + "\n");
        File.WriteAllText(directory.File("layout"), Layout);
        Command.Run("gcc", "-nostdlib", "-static", "-no-pie", "-Wl,--build-id=none", "-T", directory.File("layout"), "-o", directory.File("kernel"), directory.File("kernel.S"));
        hypervisor = directory.File("qemu");
        File.WriteAllText(hypervisor, $"""
            #!/bin/sh
            kernel= previous=
            for argument; do
              [ "$previous" = -kernel ] && kernel=$argument
              previous=$argument
            done
            if [ -n "$kernel" ]; then
              case $(head -c 4 "$kernel") in *ELF) profile=fast; set -- "$@" -kernel {directory.File("kernel")} ;; *) profile=stock ;; esac
              echo $profile >> {directory.File("log")}
              [ ! -e {directory.File("refuse")} ] || exit 1
            fi
            exec {Command.Find("qemu-system-x86_64")} "$@"
            """);
        File.SetUnixFileMode(hypervisor, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <inheritdoc/>
    public void Dispose() => directory.Dispose();

    [Fact]
    public void A_stock_one_takes_its_place_and_that_is_remembered_for_the_qemu()
    {
        Assert.SkipUnless(Command.Run("uname", "-m").Trim() == "x86_64", "The other processors' appliances are stock anyway.");
        List<string> warnings = [], notes = [];
        using (GuestfsHandle g = NewHandle(warnings, notes))
        {
            g.Launch();
            Assert.Equal(["/dev/sda"], g.ListDevices());
            using Appliances.Appliance appliance = Appliances.Appliance.Open(g.GetPath());
            Assert.Equal(ApplianceProfile.Stock, appliance.Manifest!.Profile);
        }

        Assert.Equal(["fast", "stock"], Launched());
        string warning = Assert.Single(warnings);
        Assert.Contains("did not boot", warning, StringComparison.Ordinal);
        Assert.Contains(hypervisor, warning, StringComparison.Ordinal);

        // From now on nothing else is tried; that this launch fails is not the appliance's fault.
        File.WriteAllText(directory.File("refuse"), "");
        using (GuestfsHandle g = NewHandle(warnings, notes))
        {
            Assert.Equal(LaunchFailure.HypervisorRefused, Assert.Throws<GuestfsLaunchException>(g.Launch).Failure);
        }

        Assert.Equal(["stock"], Launched());
        Assert.Single(warnings);
        Assert.Contains(notes, note => note.Contains("did not boot", StringComparison.Ordinal));

        // Another qemu may do better. It is tried, and that it refuses to start says nothing about the appliance.
        File.AppendAllText(hypervisor, "\n# newer\n");
        using (GuestfsHandle g = NewHandle(warnings, notes))
        {
            Assert.Equal(LaunchFailure.HypervisorRefused, Assert.Throws<GuestfsLaunchException>(g.Launch).Failure);
        }

        Assert.Equal(["fast", "fast"], Launched());

        // What the user chose is not replaced.
        File.Delete(directory.File("refuse"));
        using (GuestfsHandle g = NewHandle(warnings, notes, new ApplianceBuildOptions { Profile = ApplianceProfile.Fast }))
        {
            Assert.Equal(LaunchFailure.ApplianceDied, Assert.Throws<GuestfsLaunchException>(g.Launch).Failure);
        }

        Assert.Equal(["fast"], Launched());
        Assert.Single(warnings);
    }

    private GuestfsHandle NewHandle(List<string> warnings, List<string> notes, ApplianceBuildOptions? options = null)
    {
        GuestfsHandle g = new(new GuestfsHandleOptions
        {
            IgnoreEnvironment = true, Accelerator = Accelerator.Tcg, Appliance = ApplianceSource.Managed(options, directory.File("cache")),
        });
        g.SetBackend("direct");
        g.SetHv(hypervisor);
        g.AddDriveScratch(1 << 20);
        g.Warning += (_, e) => warnings.Add(e.Text);
        g.Library += (_, e) => notes.Add(e.Text);
        return g;
    }

    private string[] Launched()
    {
        string[] lines = File.ReadAllLines(directory.File("log"));
        File.Delete(directory.File("log"));
        return lines;
    }
}

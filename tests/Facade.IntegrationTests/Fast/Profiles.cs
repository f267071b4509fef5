// The appliance of this machine's packages in both profiles, built once for the tests that compare them.
using Guestfs.Appliances;
using Guestfs.Appliances.Host;
using Guestfs.IntegrationTests.Support;
using Guestfs.TestSupport;

namespace Guestfs.IntegrationTests.Fast;

/// <summary>Two appliances that differ in how they start.</summary>
public sealed class Profiles : IDisposable
{
    private readonly TempDirectory directory = new();

    /// <summary>Builds them.</summary>
    public Profiles()
    {
        foreach (ApplianceProfile profile in Enum.GetValues<ApplianceProfile>())
        {
            // The fast one without what no function needs, as bundles have it: with all of it, all other tests launch it.
            ApplianceBuildOptions options = new() { Profile = profile, Slim = profile == ApplianceProfile.Fast };
            ApplianceBuilder.Build(options, directory.File(profile.ToString())).Dispose();
        }
    }

    /// <summary>The name of a new file on the host.</summary>
    public string HostFile(string name) => directory.File(name);

    /// <summary>A handle that will launch the appliance of that profile.</summary>
    public GuestfsHandle NewHandleFor(ApplianceProfile profile)
    {
        GuestfsHandle g = NewHandle.ForAppliance();
        g.SetPath(directory.File(profile.ToString()));
        return g;
    }

    /// <summary>A handle that will resume the fast one.</summary>
    /// <param name="memory">The machine's memory in megabytes; 0 for the usual.</param>
    public GuestfsHandle NewResumed(int memory)
    {
        GuestfsHandle NewHandle()
        {
            GuestfsHandle g = new(new GuestfsHandleOptions
            {
                Accelerator = Accelerator.Tcg, Appliance = new Savable(directory.File(nameof(ApplianceProfile.Fast))),
            });
            if (memory > 0)
            {
                g.SetMemsize(memory);
            }

            return g;
        }

        using (GuestfsHandle first = NewHandle())
        {
            first.AddDriveScratch(1 << 20);
            first.Launch();
            first.Session.Saving?.Wait();
        }

        return NewHandle();
    }

    /// <inheritdoc/>
    public void Dispose() => directory.Dispose();

    private sealed class Savable(string directory) : ApplianceSource
    {
        public override ApplianceLease Acquire(CancellationToken cancellationToken) => new(directory) { MayBeSaved = true };
    }
}

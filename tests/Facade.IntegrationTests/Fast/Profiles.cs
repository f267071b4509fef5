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
            ApplianceBuilder.Build(new ApplianceBuildOptions { Profile = profile }, directory.File(profile.ToString())).Dispose();
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

    /// <inheritdoc/>
    public void Dispose() => directory.Dispose();
}

// The guide's sample that needs operating systems.
using System.Text;

using Guestfs.IntegrationTests.Inspection;

using Xunit;

namespace Guestfs.IntegrationTests.Guide;

[Collection(nameof(InspectionAppliance))]
public sealed class GuideInspectionTests(InspectionAppliance appliance)
{
    [Fact]
    public void Inspection()
    {
        GuestfsHandle g = appliance.Guestfs;
        StringBuilder printed = new();
        void Print(string line) => printed.AppendLine(line);

        // <Inspection>
        foreach (GuestOperatingSystem os in g.Inspect())
        {
            Print($"{os.ProductName} {os.Version} on {os.Root}, called {os.HostName}");
            GuestMountReport mounted = g.MountAll(os);
            foreach (GuestMountFailure failure in mounted.Failed)
            {
                Print($"{failure.Mountpoint.Path}: {failure.Exception.Message} {failure.Remedy}");
            }

            Print($"{g.ListApplications(os).Applications.Count} applications");
            g.UmountAll();
        }
        // </Inspection>
        Assert.All(
            appliance.Systems, os => Assert.Contains($" on {os.Root}, called {os.HostName}", printed.ToString(), StringComparison.Ordinal));
        Assert.Contains($"{appliance.Packages("debian").Length} applications", printed.ToString(), StringComparison.Ordinal);
    }
}

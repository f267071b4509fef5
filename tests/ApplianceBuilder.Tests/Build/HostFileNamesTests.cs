// Names of files that the host cannot have.
using Xunit;

namespace Guestfs.Appliances.Tests.Build;

public sealed class HostFileNamesTests
{
    [Theory]
    [InlineData(0xDCFF)]
    [InlineData(0xD800)]
    public void The_library_refuses_names_that_are_not_UTF8_in_place_of_taking_another(int surrogate)
    {
        using FakeHost host = new();
        string path = host.Beside($"{(char)surrogate}");
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        foreach (Action use in new Action[]
        {
            () => ApplianceBuilder.Build(host.Options, path, cancellationToken: cancellationToken),
            () => _ = new ApplianceCache(path),
            () => Appliance.Open(path),
            () => ApplianceBuilder.Build(
                host.Options with { Packages = new HostPackageSource(path) }, host.Beside("out"), cancellationToken: cancellationToken),
        })
        {
            ApplianceException exception = Assert.Throws<ApplianceException>(use);
            Assert.Equal(ApplianceProblem.InvalidInput, exception.Problem);
            Assert.Contains("UTF-8", exception.Message, StringComparison.Ordinal);
        }

        Assert.Equal(["system"], Directory.EnumerateFileSystemEntries(host.Beside("")).Select(Path.GetFileName));
    }
}

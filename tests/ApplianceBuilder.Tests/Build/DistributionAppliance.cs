// The appliance of the distribution's own skeleton, built once for the tests that look at it.
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.Build;

/// <summary>A fixed appliance of the stock profile, as <c>gfs appliance build</c> makes it.</summary>
public sealed class DistributionAppliance : IDisposable
{
    private readonly TempDirectory directory = new();

    /// <summary>Builds it.</summary>
    public DistributionAppliance() => Log = Gfs.Run("appliance", "build", "--profile", "stock", "--verbose", "-o", Directory).Error;

    /// <summary>Its directory.</summary>
    public string Directory => directory.File("appliance");

    /// <summary>What the builder told.</summary>
    public string Log { get; }

    /// <summary>A file of it.</summary>
    public string File(string name) => Path.Combine(Directory, name);

    /// <inheritdoc/>
    public void Dispose() => directory.Dispose();
}

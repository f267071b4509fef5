using Guestfs.Appliances.Build;
using Guestfs.Appliances.Host;
using Guestfs.Appliances.Output;

namespace Guestfs.Appliances;

/// <summary>Builds appliances for libguestfs, in place of supermin and without root rights.</summary>
public static class ApplianceBuilder
{
    /// <summary>
    /// Builds a fixed appliance: a directory with kernel, initrd and root filesystem for <c>LIBGUESTFS_PATH</c> or
    /// guestfs_set_path(3). The same inputs give the same bytes.
    /// </summary>
    /// <param name="options">What the appliance is made of.</param>
    /// <param name="outputDirectory">The directory to create. An appliance that is there is replaced only when the new one is complete;
    /// anything else there is an error.</param>
    /// <param name="progress">Receives progress reports.</param>
    /// <param name="cancellationToken">Stops the work; what was there before stays.</param>
    /// <exception cref="ApplianceException">The appliance cannot be built.</exception>
    /// <example>
    /// <code>
    /// using Appliance appliance = ApplianceBuilder.Build(new ApplianceBuildOptions(), "/srv/appliance");
    /// using GuestfsHandle g = new(new() { Appliance = ApplianceSource.InDirectory("/srv/appliance") });
    /// </code>
    /// </example>
    public static Appliance Build(
        ApplianceBuildOptions options, string outputDirectory, IProgress<ApplianceProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrEmpty(outputDirectory);
        outputDirectory = HostFileNames.FullPath(outputDirectory);
        OutputDirectory.CheckReplaceable(outputDirectory, "an appliance", ApplianceWriter.ReadmeName);
        ApplianceInputs inputs = ApplianceInputs.Resolve(options, withKernel: true, progress, cancellationToken);
        OutputDirectory.Replace(
            outputDirectory, aside => ApplianceWriter.Write(inputs, aside, durable: true, progress, cancellationToken), durable: true);
        return Appliance.Open(outputDirectory);
    }
}

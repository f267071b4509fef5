using Guestfs.Appliances.Archives;
using Guestfs.Appliances.Build;
using Guestfs.Appliances.Bundles;
using Guestfs.Appliances.Host;
using Guestfs.Appliances.Output;
using Guestfs.Appliances.Plan;
using Guestfs.Appliances.Repositories;

namespace Guestfs.Appliances;

/// <summary>
/// Builds bundles: libguestfs, its libraries, qemu, qemu-img and an appliance in one folder, which programs use without installation and
/// without root rights on any host with a glibc that is new enough.
/// </summary>
public static class BundleBuilder
{
    /// <summary>Builds a bundle. The same inputs give the same bytes.</summary>
    /// <param name="options">What it is made of.</param>
    /// <param name="outputDirectory">The directory to create. A bundle that is there is replaced only when the new one is complete;
    /// anything else there is an error.</param>
    /// <param name="progress">Receives progress reports.</param>
    /// <param name="cancellationToken">Stops the work; what was there before stays.</param>
    /// <exception cref="ApplianceException">The bundle cannot be built.</exception>
    public static Bundle Build(
        BundleBuildOptions options, string outputDirectory, IProgress<ApplianceProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrEmpty(outputDirectory);
        outputDirectory = HostFileNames.FullPath(outputDirectory);
        OutputDirectory.CheckReplaceable(outputDirectory, "a bundle", GuestfsBundle.ListName);
        OutputDirectory.Replace(
            outputDirectory,
            aside =>
            {
                Posix.CreateDirectory(aside, Permissions.Octal0755);
                using Appliance appliance = ApplianceBuilder.Build(
                    options.Appliance, Path.Combine(aside, GuestfsBundle.Appliance), progress, cancellationToken);
                WriteRest(
                    options.Appliance with { Packages = options.Programs ?? options.Appliance.Packages }, appliance.Manifest!,
                    options.Appliance.Packages, aside, progress, cancellationToken);
            },
            durable: true);
        return Bundle.Open(outputDirectory);
    }

    private static void WriteRest(
        ApplianceBuildOptions options, ApplianceManifest appliance, PackageSource ofAppliance, string directory,
        IProgress<ApplianceProgress>? progress, CancellationToken cancellationToken)
    {
        string list = Path.Combine(directory, ".packages"), spoolPath = Path.Combine(directory, ".spool");
        try
        {
            File.WriteAllLines(list, BundlePackages.For(options.Kernel.Cpu == "aarch64"));
            ApplianceInputs inputs = ApplianceInputs.Resolve(
                options with { Skeleton = [list], RequireAllPackages = false, LikeSupermin = false }, withKernel: false, progress,
                cancellationToken);
            using Spool spool = new(spoolPath);
            RootPlan plan = inputs.CreatePlan(spool, progress, cancellationToken);
            BundleContents contents = new(plan.Files, options.Kernel.Cpu, cancellationToken);
            File.Delete(list);
            BundleWriter.Write(inputs, plan, contents, appliance, ofAppliance, directory, cancellationToken);
        }
        catch (Exception exception) when (OutputFault.Is(exception))
        {
            throw OutputFault.From(directory, exception);
        }
        finally
        {
            File.Delete(list);
            File.Delete(spoolPath);
        }
    }
}

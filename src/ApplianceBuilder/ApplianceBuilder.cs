using Guestfs.Appliances.Build;
using Guestfs.Appliances.Host;
using Guestfs.Appliances.Output;
using Guestfs.Appliances.Plan;

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
    public static Appliance Build(
        ApplianceBuildOptions options, string outputDirectory, IProgress<ApplianceProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrEmpty(outputDirectory);
        outputDirectory = HostFileNames.FullPath(outputDirectory);
        RefuseForeign(outputDirectory);
        RefuseOrphan(outputDirectory);
        ApplianceInputs inputs = ApplianceInputs.Resolve(options, withKernel: true, progress, cancellationToken);
        OutputDirectory.Replace(
            outputDirectory, aside => ApplianceWriter.Write(inputs, aside, durable: true, progress, cancellationToken), durable: true);
        return Appliance.Open(outputDirectory);
    }

    private static bool IsEmpty(string directory)
    {
        try
        {
            return !Directory.EnumerateFileSystemEntries(directory).Any();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static void RefuseOrphan(string path)
    {
        string? parent = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(path));
        string? fault = parent is null || HostCalls.CanWriteInto(parent)
            ? null : Directory.Exists(parent) ? "is not writable for this user" : "does not exist, or is closed to this user";
        if (fault is not null)
        {
            throw new ApplianceException(
                ApplianceProblem.OutputFailed,
                $"{path} cannot be created, because {parent} {fault}. Correct that, or choose another directory.");
        }
    }

    // It will be removed, so it must be ours to remove.
    private static void RefuseForeign(string path)
    {
        bool replaceable = Posix.LinkStatus(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))) switch
        {
            null => true,
            { Kind: EntryKind.Directory } => IsEmpty(path) || File.Exists(Path.Combine(path, ApplianceWriter.ReadmeName)),
            _ => false,
        };
        if (!replaceable)
        {
            throw new ApplianceException(
                ApplianceProblem.OutputFailed,
                $"{path} exists and is not an appliance ({ApplianceWriter.ReadmeName} is not in it), so it is not replaced. "
                + "Choose another place, or remove it.");
        }
    }
}

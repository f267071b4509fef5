using Guestfs.Appliances;
using Guestfs.Appliances.Build;
using Guestfs.Appliances.Host;
using Guestfs.Appliances.Output;
using Guestfs.Appliances.Skeletons;

namespace Guestfs.Cli.Supermin;

/// <summary><c>supermin --build</c>: makes a directory tree, or kernel, initrd and ext2 root, of a skeleton.</summary>
internal static class SuperminBuild
{
    private const long DefaultSize = 4L << 30;

    internal static void Run(SuperminOptions options, Action<string>? log, CancellationToken cancellationToken)
    {
        log?.Invoke($"version: {SuperminCommandLine.Version} (gfs)");
        using RecordLock? held = options.LockFile is { } path ? RecordLock.Take(path, cancellationToken) : null;
        if (options.IfNewer && IsNewer(options, cancellationToken))
        {
            log?.Invoke("if-newer: output does not need rebuilding");
            return;
        }

        ApplianceBuildOptions build = new()
        {
            Skeleton = options.Inputs,
            Packages = new HostPackageSource(),
            Kernel = ProcessInput.Kernel(options.HostCpu),
            RootSize = options.Size ?? DefaultSize,
            Timestamp = ProcessInput.Timestamp(),
            LoggerFactory = new CommandLog("supermin", log),
            LikeSupermin = true,
            Profile = ApplianceProfile.Stock,
            IncludePackageList = options.IncludePackageList,
        };
        if (options.Format == SuperminFormat.Chroot)
        {
            SuperminOutput.WriteChroot(build, options.Output, cancellationToken);
        }
        else
        {
            SuperminOutput.WriteFilesystem(build, options.Output, options.CopyKernel, cancellationToken);
        }

        log?.Invoke($"wrote {options.Output}");
    }

    // Whether each file of the output is newer than each input: the arguments themselves, and the package database.
    private static bool IsNewer(SuperminOptions options, CancellationToken cancellationToken)
    {
        string[] names = options.Format == SuperminFormat.Chroot
            ? [""]
            : [ApplianceWriter.KernelName, ApplianceWriter.InitrdName, ApplianceWriter.RootName];
        List<long> outputs = [];
        foreach (string name in names)
        {
            if (Posix.LinkStatus(Path.Combine(options.Output, name).TrimEnd('/')) is not { } status)
            {
                return false;
            }

            outputs.Add(status.ModificationTimeNs);
        }

        // Not every file that a database may have is there always.
        IEnumerable<string> database =
            (HostPackages.Detect("/", cancellationToken)?.DatabaseFiles ?? [])
                .Where(Path.Exists);
        long oldest = outputs.Min();
        return options.Inputs.Concat(database).All(input => Posix.LinkStatus(input) is { } status && status.ModificationTimeNs < oldest);
    }
}

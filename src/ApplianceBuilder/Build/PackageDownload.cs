// Configuration files as the distribution made them: what an administrator changed on this host must not get into a skeleton.
using Guestfs.Appliances.Archives;
using Guestfs.Appliances.Debian;
using Guestfs.Appliances.Packages;
using Guestfs.Appliances.Plan;

namespace Guestfs.Appliances.Build;

/// <summary>Downloads packages as supermin does: with the package system's own program, which knows its proxies, pins and logins.</summary>
internal static class PackageDownload
{
    /// <summary>Downloads packages and unpacks some of their files.</summary>
    /// <param name="packages">Packages of dpkg; apt chooses their versions.</param>
    /// <param name="nativeArchitecture">The architecture of the system.</param>
    /// <param name="wanted">Absolute paths of the files. What is no regular file in its package, or not in it, is left out.</param>
    /// <param name="runner">Runs apt-get.</param>
    /// <param name="directory">An empty directory for packages and contents; it must stay while the result is used.</param>
    /// <param name="log">Takes a line for each that the program prints.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="ApplianceException">A package cannot be downloaded, or is damaged.</exception>
    internal static Dictionary<string, PlanEntry> ReadFiles(
        IEnumerable<InstalledPackage> packages, string nativeArchitecture, IReadOnlySet<string> wanted, ICommandRunner runner,
        string directory, Action<string>? log, CancellationToken cancellationToken)
    {
        Download([.. packages.Select(package => NameOf(package, nativeArchitecture))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)], runner, directory, log, cancellationToken);
        Dictionary<string, PlanEntry> files = new(StringComparer.Ordinal);
        using Spool spool = new(Path.Combine(directory, "files"));
        foreach (string path in Directory.GetFiles(directory, "*.deb").Order(StringComparer.Ordinal))
        {
            foreach (PlanEntry entry in DebPackage.Open(path).ReadFiles(spool, new TarOptions(), cancellationToken))
            {
                if (entry.Kind == EntryKind.File && wanted.Contains(entry.Path))
                {
                    // Of two packages with one file, supermin unpacks the later over the earlier.
                    files[entry.Path] = entry;
                }
            }
        }

        return files;
    }

    private static void Download(
        IReadOnlyList<string> names, ICommandRunner runner, string directory, Action<string>? log, CancellationToken cancellationToken)
    {
        const int NotFound = 127;
        string[] command = ["apt-get", "--quiet", "--quiet", "download", .. names];
        List<string> errors = [];

        // It writes into its working directory, and what it says is the explanation when it fails.
        int status = runner.Run(command, directory, Log, line =>
        {
            errors.Add(line);
            log?.Invoke($"apt-get: {line}");
        }, cancellationToken);
        if (status != 0)
        {
            string reason = status == NotFound
                ? "apt-get is not installed"
                : errors.FindLast(line => line.StartsWith("E: ", StringComparison.Ordinal))?[3..] ?? $"apt-get exited with {status}";
            throw new ApplianceException(
                ApplianceProblem.DownloadFailed,
                $"prepare: the packages, which have the configuration files, cannot be downloaded: {reason.TrimEnd('.')}. Run "
                + $"'{string.Join(' ', command)}' to see why, or give --use-installed to take the files of this host.");
        }

        void Log(Stream output)
        {
            using StreamReader reader = new(output);
            while (reader.ReadLine() is { } line)
            {
                log?.Invoke($"apt-get: {line}");
            }
        }
    }

    private static string NameOf(InstalledPackage package, string nativeArchitecture) =>
        package.Architecture == nativeArchitecture || package.Architecture == DpkgRules.Instance.AnyArchitecture
            ? package.Name
            : $"{package.Name}:{package.Architecture}";
}

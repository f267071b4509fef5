// Fetches Debian packages of another suite than the system's, for tests that compare with newer upstream versions.
namespace Guestfs.TestSupport;

/// <summary>The contents of Debian packages, unpacked aside; neither the system's packages nor its apt state are touched.</summary>
public static class UpstreamPackages
{
    /// <summary>
    /// Returns a directory with the contents of packages of a suite, such as sid. It is kept for the next run under
    /// artifacts/upstream. Without apt or its archive the test is skipped on a developer's machine and fails in CI.
    /// </summary>
    public static string Unpack(string suite, params string[] packages)
    {
        ArgumentNullException.ThrowIfNull(packages);
        return Once(suite, string.Join('+', packages.Order(StringComparer.Ordinal)), aside =>
        {
            Command.Require("apt-get", "dpkg-deb");
            using TempDirectory apt = new();
            foreach (string package in Fetch(apt.Path, suite, "deb", "Packages", ["download", .. packages]))
            {
                Command.Run("dpkg-deb", "-x", package, aside);
            }
        });
    }

    /// <summary>Returns a directory with the contents of what a source package was made of, as upstream released it.</summary>
    /// <inheritdoc cref="Unpack"/>
    public static string UnpackSource(string suite, string package)
    {
        return Once(suite, package + ".source", aside =>
        {
            Command.Require("apt-get", "tar");
            using TempDirectory apt = new();
            foreach (string archive in Fetch(apt.Path, suite, "deb-src", "Sources", ["source", "--tar-only", "--download-only", package]))
            {
                Command.Run("tar", "-xf", archive, "-C", aside, "--strip-components=1");
            }
        });
    }

    private static string Once(string suite, string name, Action<string> unpack)
    {
        string folder = Directory.CreateDirectory(Repository.File("artifacts", "upstream", suite)).FullName;
        string target = Path.Combine(folder, name);
        if (Directory.Exists(target))
        {
            return target;
        }

        using IDisposable gate = FileTurn.Take(Path.Combine(folder, ".lock"));
        if (!Directory.Exists(target))
        {
            // Aside first, so that what is at the target is always whole.
            string aside = target + ".new";
            if (Directory.Exists(aside))
            {
                Directory.Delete(aside, recursive: true);
            }

            Directory.CreateDirectory(aside);
            unpack(aside);
            Directory.Move(aside, target);
        }

        return target;
    }

    private static string[] Fetch(string directory, string suite, string type, string target, string[] command)
    {
        string configuration = IsolatedApt.Configure(directory, Source(suite, type, target));
        string archives = Directory.CreateDirectory(Path.Combine(directory, "fetched")).FullName;
        AptGet(["-c", configuration, "-q", "update"]);
        AptGet(["-c", configuration, "-q", .. command]);
        return Directory.GetFiles(archives);

        void AptGet(string[] arguments)
        {
            CommandResult result = Command.TryRun("apt-get", arguments, directory: archives);
            if (result.ExitCode != 0)
            {
                Command.Missing($"Debian {suite} cannot be read: apt-get {string.Join(' ', arguments)}:\n{result.Error}");
            }
        }
    }

    // The archive that this system installs from, with another suite.
    private static string Source(string suite, string type, string target)
    {
        string[] archives = [.. Command.Run(
            "apt-get", "indextargets", "--format", "$(ORIGIN)|$(LABEL)|$(COMPONENT)|$(REPO_URI)", "Created-By: Packages")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('|'))
            .Where(f => f is ["Debian", "Debian", "main", _]
                || (f is ["", "", "main", string uri] && uri.EndsWith("/debian/", StringComparison.Ordinal)))
            .Select(f => f[3])];
        if (archives.Length == 0)
        {
            Command.Missing("apt has no Debian archive among its sources.");
        }

        string[] keyrings = ["/usr/share/keyrings/debian-archive-keyring.pgp", "/usr/share/keyrings/debian-archive-keyring.gpg"];
        string signed = keyrings.FirstOrDefault(File.Exists) is { } keyring ? $"signed-by={keyring} " : "";
        return $"{type} [{signed}target={target}] {archives[0]} {suite} main\n";
    }
}

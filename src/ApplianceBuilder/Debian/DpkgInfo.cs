using Guestfs.Appliances.Host;
using Guestfs.Appliances.Packages;

namespace Guestfs.Appliances.Debian;

/// <summary>
/// dpkg's folder of what each package contains: NAME.list, NAME.md5sums, for some packages with the architecture in the
/// name.
/// </summary>
internal sealed class DpkgInfo(string directory, DpkgDiversions diversions)
{
    /// <summary>The files of a package.</summary>
    /// <exception cref="ApplianceException">The list cannot be read or is damaged.</exception>
    internal IReadOnlyList<PackageFile> ReadFiles(DpkgPackage package)
    {
        HashSet<string> configuration = ConfigurationFiles(package.Conffiles);
        string path = RecordOf(package, "list");
        List<PackageFile> files = [];
        foreach (string line in DatabaseFile.ReadLines(path))
        {
            // The root is in every list.
            if (line == "/.")
            {
                continue;
            }

            if (!line.StartsWith('/') || line.Contains('\0', StringComparison.Ordinal))
            {
                throw DatabaseFile.Damaged(path, $"'{line}' is not an absolute path");
            }

            files.Add(new PackageFile(line, diversions.Locate(line, package.Name), configuration.Contains(line)));
        }

        return files;
    }

    /// <summary>SHA-256 over the package's list, checksums and the digests of its configuration files.</summary>
    /// <exception cref="ApplianceException">They cannot be read.</exception>
    internal string ReadDigest(DpkgPackage package)
    {
        using Sha256Hash hash = new();
        foreach (string kind in new[] { "list", "md5sums" })
        {
            // The length keeps apart what comes after each other.
            byte[] record = DatabaseFile.TryRead(RecordOf(package, kind)) ?? [];
            hash.Add(BitConverter.GetBytes((long)record.Length));
            hash.Add(record);
        }

        hash.Add(LosslessUtf8.GetBytes($"{package.Conffiles}\n{package}"));
        return Convert.ToHexStringLower(hash.Current());
    }

    // A path, a digest, and maybe words of which some say that the file is not the package's any more.
    private static HashSet<string> ConfigurationFiles(string field)
    {
        HashSet<string> paths = new(StringComparer.Ordinal);
        foreach (string line in field.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            string rest = line;
            string last;
            do
            {
                int space = rest.LastIndexOf(' ');
                last = rest[(space + 1)..];
                rest = space < 0 ? "" : rest[..space];
            }
            while (last is "obsolete" or "remove-on-upgrade");
            paths.Add(rest);
        }

        return paths;
    }

    private string RecordOf(DpkgPackage package, string kind)
    {
        // Before dpkg knew several architectures, no name had one.
        string qualified = $"{directory}/{package.Name}:{package.Architecture}.{kind}";
        return package.MultiArch == MultiArch.Same && Posix.Status(qualified) is not null
            ? qualified
            : $"{directory}/{package.Name}.{kind}";
    }
}

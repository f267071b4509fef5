using Guestfs.Appliances.Packages;

namespace Guestfs.Appliances.Pacman;

/// <summary>A package of pacman's database: a folder with the files desc, files and mtree.</summary>
internal sealed class PacmanPackage : InstalledPackage
{
    private readonly string folder;

    private PacmanPackage(string folder) => this.folder = folder;

    /// <summary>Reads a package's folder.</summary>
    /// <exception cref="ApplianceException">It cannot be read or is damaged.</exception>
    internal static PacmanPackage Read(string folder)
    {
        string path = folder + "/desc";
        PacmanRecord record = new(path);
        return record["%NAME%"] is [string name] && record["%VERSION%"] is [string version]
            ? new PacmanPackage(folder)
            {
                Name = name,
                Version = version,
                Architecture = record["%ARCH%"] is [string architecture, ..] ? architecture : "any",
                Depends = [.. record["%DEPENDS%"].Select(text => PackageDependency.On(ParseRelation(text, path)))],
                Provides = [.. record["%PROVIDES%"].Select(text => ParseRelation(text, path))],
            }
            : throw DatabaseFile.Damaged(path, "the package has no name or version");
    }

    /// <inheritdoc/>
    private protected override IReadOnlyList<PackageFile> ReadFiles()
    {
        string path = folder + "/files";
        PacmanRecord record = new(path);

        // A path and a digest, with a tab between.
        HashSet<string> configuration = [.. record["%BACKUP%"].Select(line => line[..Math.Max(line.LastIndexOf('\t'), 0)])];
        List<PackageFile> files = [];
        foreach (string line in record["%FILES%"])
        {
            if (line.StartsWith('/') || line.Contains('\0', StringComparison.Ordinal))
            {
                throw DatabaseFile.Damaged(path, $"'{line}' is not a relative path");
            }

            string file = "/" + line.TrimEnd('/');
            files.Add(new PackageFile(file, file, configuration.Contains(line)));
        }

        return files;
    }

    /// <inheritdoc/>
    private protected override string ReadDigest()
    {
        // The list of all files with their digests, made when the package was built; very old packages have none.
        byte[] record = DatabaseFile.TryRead(folder + "/mtree") ?? DatabaseFile.TryRead(folder + "/files") ?? [];
        return Sha256Hash.HexOf([.. LosslessUtf8.GetBytes($"{this}\n"), .. record]);
    }

    private static PackageRelation ParseRelation(string text, string path)
    {
        int start = text.AsSpan().IndexOfAny('<', '>', '=');
        if (start < 0)
        {
            return new PackageRelation(text);
        }

        int end = start + 1 < text.Length && text[start + 1] == '=' ? start + 2 : start + 1;
        VersionRange range = text[start..end] switch
        {
            "<" => VersionRange.Less,
            "<=" => VersionRange.LessOrEqual,
            ">=" => VersionRange.GreaterOrEqual,
            ">" => VersionRange.Greater,
            _ => VersionRange.Equal,
        };
        return start > 0 && end < text.Length
            ? new PackageRelation(text[..start], range, text[end..])
            : throw DatabaseFile.Damaged(path, $"'{text}' is not a relationship to a package");
    }
}

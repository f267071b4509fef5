using System.Globalization;

using Guestfs.Appliances.Packages;

namespace Guestfs.Appliances.Rpm;

/// <summary>A package from its header in rpm's database.</summary>
internal sealed class RpmPackage : InstalledPackage
{
    private const int Less = 2, Greater = 4, Equal = 8, MissingIsFine = 1 << 19;
    private readonly RpmFileList files;
    private readonly byte[] contents;

    private RpmPackage(RpmFileList files, byte[] contents)
    {
        this.files = files;
        this.contents = contents;
    }

    /// <summary>Makes a package of a header.</summary>
    /// <param name="bytes">The whole header.</param>
    /// <param name="path">The database, for messages.</param>
    /// <exception cref="ApplianceException">What is in the header is damaged.</exception>
    /// <exception cref="InvalidDataException">The header itself is.</exception>
    internal static RpmPackage Read(ReadOnlySpan<byte> bytes, string path)
    {
        RpmHeader header = new(bytes);
        string? name = header.GetString(RpmTag.Name),
            version = header.GetString(RpmTag.Version),
            release = header.GetString(RpmTag.Release);
        if (name is null || version is null || release is null)
        {
            throw DatabaseFile.Damaged(path, "a package has no name, version or release");
        }

        string epoch = header.GetInt32s(RpmTag.Epoch) is [int number, ..]
            ? ((uint)number).ToString(CultureInfo.InvariantCulture) + ":"
            : "";
        return new RpmPackage(new RpmFileList(header, path), ReadContents(header, bytes))
        {
            Name = name,
            Version = $"{epoch}{version}-{release}",
            Architecture = header.GetString(RpmTag.Arch) ?? "noarch",
            Depends = ReadRequires(header, path),
            Provides = [.. ReadRelations(header, RpmTag.ProvideName, RpmTag.ProvideFlags, RpmTag.ProvideVersion, path)
                .Select(provided => provided.Relation)],
        };
    }

    /// <inheritdoc/>
    internal override bool Owns(string path) => files.Contains(path);

    /// <inheritdoc/>
    private protected override IReadOnlyList<PackageFile> ReadFiles() => files.ToFiles();

    /// <inheritdoc/>
    private protected override string ReadDigest() => Sha256Hash.HexOf(contents);

    // The digest that the package was built with; packages of very old systems may have none.
    private static byte[] ReadContents(RpmHeader header, ReadOnlySpan<byte> bytes)
    {
        if (header.GetString(RpmTag.Sha256Header) is { } digest)
        {
            return LosslessUtf8.GetBytes(digest);
        }

        ReadOnlySpan<byte> md5 = header.GetBinary(RpmTag.SigMd5);
        return md5.IsEmpty ? Sha256Hash.Of(bytes) : md5.ToArray();
    }

    private static List<PackageDependency> ReadRequires(RpmHeader header, string path)
    {
        List<PackageDependency> depends = [];
        foreach ((PackageRelation relation, int flags) in ReadRelations(
            header, RpmTag.RequireName, RpmTag.RequireFlags, RpmTag.RequireVersion, path))
        {
            // What rpm itself must be able to do is no package.
            if (relation.Name.StartsWith("rpmlib(", StringComparison.Ordinal) || (flags & MissingIsFine) != 0)
            {
                continue;
            }

            depends.Add(relation.Name.StartsWith('(') ? RpmRichDependency.Parse(relation.Name, path) : PackageDependency.On(relation));
        }

        return depends;
    }

    private static IEnumerable<(PackageRelation Relation, int Flags)> ReadRelations(
        RpmHeader header, RpmTag nameTag, RpmTag flagsTag, RpmTag versionTag, string path)
    {
        string[] names = header.GetStrings(nameTag), versions = header.GetStrings(versionTag);
        int[] flags = header.GetInt32s(flagsTag);
        bool versioned = versions.Length > 0 || flags.Length > 0;
        return versioned && (versions.Length != names.Length || flags.Length != names.Length)
            ? throw DatabaseFile.Damaged(path, "a package's list of dependencies is incomplete")
            : names.Select((name, i) => versioned
                ? (new PackageRelation(name, ToRange(flags[i]), versions[i]), flags[i])
                : (new PackageRelation(name), 0));
    }

    private static VersionRange ToRange(int flags) =>
        ((flags & Less) != 0 ? VersionRange.Less : VersionRange.Any)
        | ((flags & Equal) != 0 ? VersionRange.Equal : VersionRange.Any)
        | ((flags & Greater) != 0 ? VersionRange.Greater : VersionRange.Any);
}

using Guestfs.Appliances.Archives;
using Guestfs.Appliances.Host;
using Guestfs.Appliances.Plan;

namespace Guestfs.Appliances.Skeletons;

/// <summary>A supermin skeleton: what an appliance is made of, as distributions ship it in <c>supermin.d</c>.</summary>
internal sealed class Skeleton
{
    private byte[][]? excludes;

    /// <summary>Every file that was read, in the order in which it counts.</summary>
    public required IReadOnlyList<SkeletonFile> Files { get; init; }

    /// <summary>Names of packages whose files go into the appliance, with what they depend on.</summary>
    public required IReadOnlyList<SkeletonLine> Packages { get; init; }

    /// <summary>glob(3) patterns of host files that go into the appliance.</summary>
    public required IReadOnlyList<SkeletonLine> HostFiles { get; init; }

    /// <summary>fnmatch(3) patterns, without their dash, of packaged files that do not.</summary>
    public required IReadOnlyList<SkeletonLine> Excludes { get; init; }

    /// <summary>Tar archives, compressed or not, whose members go into the appliance as they are.</summary>
    public required IReadOnlyList<SkeletonFile> BaseArchives { get; init; }

    /// <summary>Whether a packaged file stays out of the appliance.</summary>
    internal bool IsExcluded(string path)
    {
        // Asked for thousands of paths, by several threads: the patterns are made ready once, or some more times.
        byte[][] patterns = excludes ??= [.. Excludes.Select(line => GlobPatterns.ToNative(line.Value))];
        byte[] native = GlobPatterns.ToNative(path);
        return Array.Exists(patterns, pattern => GlobPatterns.Matches(pattern, native));
    }

    /// <summary>The members of all base archives; of one path, the later counts.</summary>
    internal IEnumerable<PlanEntry> ReadBase(Spool spool, CancellationToken cancellationToken) =>
        BaseArchives.SelectMany(archive => archive.ReadTar(spool, cancellationToken));
}

/// <summary>One line of a skeleton's list, and the file it stands in.</summary>
/// <param name="Value">A package name, or a pattern.</param>
/// <param name="Origin">The list's file name, for messages.</param>
internal readonly record struct SkeletonLine(string Value, string Origin);

/// <summary>A file of a skeleton, on the host or in a package's archive.</summary>
/// <param name="Name">Its path or name, for messages and the manifest.</param>
/// <param name="Open">Opens it, as often as it is read.</param>
internal sealed record SkeletonFile(string Name, Func<Stream> Open)
{
    /// <summary>The members of the file as a tar archive.</summary>
    internal IEnumerable<PlanEntry> ReadTar(Spool spool, CancellationToken cancellationToken)
    {
        using Stream stream = Open();
        foreach (PlanEntry entry in TarArchive.Read(stream, Name, spool, new TarOptions { AllowDevices = true }, cancellationToken))
        {
            yield return entry;
        }
    }
}

using Guestfs.Appliances.Host;
using Guestfs.Appliances.Manifest;
using Guestfs.Appliances.Plan;

namespace Guestfs.Appliances.Bundles;

/// <summary>The files of a finished bundle, to be written in another form.</summary>
/// <param name="directory">Where it is.</param>
/// <param name="manifest">Its manifest.</param>
internal sealed class BundleTree(string directory, BundleManifest manifest)
{
    /// <summary>Its manifest.</summary>
    internal BundleManifest Manifest { get; } = manifest;

    /// <summary>When it was made, in seconds since 1970.</summary>
    internal long Time { get; } = TimeOf(Path.Combine(directory, BundleManifest.FileName));

    /// <summary>The names of its files.</summary>
    internal IEnumerable<string> Names => Manifest.Files.Select(file => file.Name).Append(BundleManifest.FileName)
        .Append(CycloneDx.FileName);

    /// <summary>The bytes of its files, without holes.</summary>
    internal long DataLength => Names.Sum(name => Content(name).DataRanges.Sum(range => range.Length));

    /// <summary>Its directories and files, as below a directory.</summary>
    /// <param name="top">The directory in the other form, absolute: <c>/guestfs-bundle</c>.</param>
    internal IReadOnlyList<PlanEntry> Below(string top)
    {
        SortedDictionary<string, PlanEntry> entries = new(StringComparer.Ordinal);
        foreach (string name in Names)
        {
            string path = $"{top}/{name}";
            for (int at = path.LastIndexOf('/'); at > 0; at = path.LastIndexOf('/', at - 1))
            {
                entries.TryAdd(path[..at], Directory(path[..at], Time));
            }

            entries.Add(path, new PlanEntry
            {
                Path = path,
                Kind = EntryKind.File,
                Mode = IsProgram(name) ? Permissions.Octal0755 : Permissions.Octal0644,
                ModificationTime = TimeOf(Path.Combine(directory, name)),
                Content = Content(name),
            });
        }

        return [.. entries.Values];
    }

    /// <summary>A directory for everybody.</summary>
    internal static PlanEntry Directory(string path, long time, uint mode = Permissions.Octal0755) =>
        new() { Path = path, Kind = EntryKind.Directory, Mode = mode, ModificationTime = time };

    private HostFileContent Content(string name)
    {
        string path = Path.Combine(directory, name);
        return new HostFileContent(path, 0, StatusOf(path).Size, maybeSparse: true);
    }

    private static long TimeOf(string path) => StatusOf(path).ModificationTimeNs / 1_000_000_000;

    private static FileStatus StatusOf(string path) =>
        Posix.Status(path) ?? throw new ApplianceException(ApplianceProblem.UnreadableFile, $"{path} is gone.");

    // Whatever a copy of the bundle has made of it.
    private static bool IsProgram(string name) =>
        name == GuestfsBundle.Loader
        || name.StartsWith($"{GuestfsBundle.Programs}/", StringComparison.Ordinal)
        || name.StartsWith("libexec/", StringComparison.Ordinal);
}

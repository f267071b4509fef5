// Which release of this library came with which exported function: native/abi/exports.txt is the record.
using System.Text.RegularExpressions;

namespace Guestfs.Generator.Model;

/// <summary>The exported functions so far, in the order in which they came into being, and the release that is being made.</summary>
internal sealed partial class ExportHistory
{
    internal const string File = "native/abi/exports.txt";

    private readonly Dictionary<string, string> releases;

    /// <param name="lines">The record: a function and its release in each line.</param>
    /// <param name="version">The version that is being made, such as 0.1.0.</param>
    /// <exception cref="ModelException">One of them is not well-formed.</exception>
    public ExportHistory(IReadOnlyList<string> lines, string version)
    {
        if (lines.FirstOrDefault(l => !Entry().IsMatch(l)) is { } malformed)
        {
            throw new ModelException($"{File}: '{malformed}' is not a function and a release, such as 'gfs_free 0.1'.");
        }

        Version = System.Version.TryParse(version, out Version? parsed) && parsed is { Build: >= 0, Revision: < 0 }
            ? parsed
            : throw new ModelException($"The version '{version}' of Directory.Build.props is not three numbers.");
        Functions = [.. lines.Select(l => l.Split(' ')[0])];
        releases = lines.Select(l => l.Split(' ')).ToDictionary(l => l[0], l => l[1], StringComparer.Ordinal);
    }

    /// <summary>The version that is being made.</summary>
    public Version Version { get; }

    /// <summary>The functions so far.</summary>
    public IReadOnlyList<string> Functions { get; }

    /// <summary>Reads the record and the version.</summary>
    /// <param name="root">The checkout.</param>
    public static ExportHistory Load(string root)
    {
        string record = Path.Combine(root, File), properties = System.IO.File.ReadAllText(Path.Combine(root, "Directory.Build.props"));
        return new ExportHistory(
            System.IO.File.Exists(record) ? System.IO.File.ReadAllLines(record) : [],
            VersionProperty().Match(properties).Groups[1].Value);
    }

    /// <summary>The release that has a function first: the one that is being made, for one that is new.</summary>
    public string Since(string function) => releases.GetValueOrDefault(function, Version.ToString(2));

    [GeneratedRegex(@"^gfs_[A-Za-z0-9_]+ [0-9]+\.[0-9]+$")]
    private static partial Regex Entry();

    [GeneratedRegex("<Version>(.*?)</Version>")]
    private static partial Regex VersionProperty();
}

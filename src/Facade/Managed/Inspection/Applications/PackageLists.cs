using System.Globalization;

namespace Guestfs;

/// <summary>Package databases that are text. The results are those of guestfs_inspect_list_applications2.</summary>
internal static class PackageLists
{
    private const string Nameless = "tells of a package without a name or a valid version, which is left out.";

    /// <summary>dpkg's file status.</summary>
    internal static void Dpkg(string text, string path, ApplicationList list) => ReadParagraphs(text, ": ", ' ', (package, line) =>
    {
        string status = package.Of("Status") ?? "";
        if (!status.Contains("installed", StringComparison.Ordinal))
        {
            return;
        }

        if (package.Of("Package") is { } name && PackageVersion.Parse(package.Of("Version")) is { } version)
        {
            string description = package.Of("Description") ?? "";
            int end = description.IndexOf('\n', StringComparison.Ordinal);
            list.Add(
                new GuestApplication
                {
                    Name = name,
                    Epoch = version.Epoch,
                    Version = version.Version,
                    Release = version.Release,
                    Architecture = package.Of("Architecture"),
                    Homepage = package.Of("Homepage"),
                    SourcePackage = package.Of("Source")?.Split(' ')[0],
                    Summary = ApplicationList.Known(end < 0 ? description : description[..end]),
                    Description = ApplicationList.Known(end < 0 ? null : description[(end + 1)..]),
                },
                "deb");
        }
        else if (status.EndsWith(" installed", StringComparison.Ordinal))
        {
            list.Files.Report(path, line, Nameless);
        }
    });

    /// <summary>apk's file installed.</summary>
    internal static void Apk(string text, string path, ApplicationList list) => ReadParagraphs(text, ":", null, (package, line) =>
    {
        if (package.Of("P") is { } name && PackageVersion.Parse(package.Of("V")) is { } version)
        {
            list.Add(
                new GuestApplication
                {
                    Name = name,
                    Epoch = version.Epoch,
                    Version = version.Version,
                    Release = ApplicationList.Known(version.Release is ['r', .. string number] ? number : version.Release),
                    Architecture = package.Of("A"),
                    Homepage = package.Of("U"),
                    Description = package.Of("T"),
                },
                "apk");
        }
        else
        {
            list.Files.Report(path, line, Nameless);
        }
    });

    /// <summary>The file desc of one of pacman's packages: headings between percent signs, and below each its values.</summary>
    internal static void Pacman(string text, string path, ApplicationList list)
    {
        PackageFields package = new();
        string? heading = null;
        foreach (string line in text.Split('\n'))
        {
            if (heading is null && line is ['%', .., '%'])
            {
                heading = line;
            }
            else
            {
                if (heading is not null && line.Length > 0)
                {
                    package.Set(heading, line);
                }

                heading = null;
            }
        }

        if (package.Of("%NAME%") is { } name && package.Of("%ARCH%") is { } architecture
            && PackageVersion.Parse(package.Of("%VERSION%")) is { Version.Length: > 0, Release: not null } version)
        {
            list.Add(
                new GuestApplication
                {
                    Name = name,
                    Epoch = version.Epoch,
                    Version = version.Version,
                    Release = version.Release,
                    Architecture = architecture,
                    Homepage = package.Of("%URL%"),
                    Description = package.Of("%DESC%"),
                },
                "pacman");
        }
        else
        {
            list.Files.Report(path, null, Nameless);
        }
    }

    private static void ReadParagraphs(string text, string separator, char? continuation, Action<PackageFields, int> read)
    {
        PackageFields package = new();
        string? last = null;
        int first = 1, number = 0;
        foreach (string line in text.Split('\n'))
        {
            number++;
            if (line.Length == 0)
            {
                End();
            }
            else if (line[0] == continuation)
            {
                // Others are not needed, and long.
                if (last == "Description")
                {
                    package.Set(last, $"{package.Of(last)}\n{line[1..]}");
                }
            }
            else if (line.IndexOf(separator, StringComparison.Ordinal) is > 0 and int at)
            {
                last = line[..at];
                package.Set(last, line[(at + separator.Length)..]);
            }
            else
            {
                last = null;
            }
        }

        End();

        void End()
        {
            if (!package.IsEmpty)
            {
                read(package, first);
                package = new();
            }

            last = null;
            first = number + 1;
        }
    }
}

/// <summary>What a database says of one package.</summary>
internal sealed class PackageFields
{
    private readonly Dictionary<string, string> fields = new(StringComparer.Ordinal);

    internal bool IsEmpty => fields.Count == 0;

    /// <summary>A value; null if there is none, or an empty one.</summary>
    internal string? Of(string field) => ApplicationList.Known(fields.GetValueOrDefault(field));

    internal void Set(string field, string value) => fields[field] = value;
}

/// <summary>A version of a package: <c>[epoch:]version[-release]</c>, where upstream's release begins at the first hyphen.</summary>
internal sealed class PackageVersion(int epoch, string version, string? release)
{
    internal int Epoch => epoch;

    internal string Version => version;

    internal string? Release => release;

    /// <summary>Null if it is none.</summary>
    internal static PackageVersion? Parse(string? text)
    {
        int colon = text?.IndexOf(':', StringComparison.Ordinal) ?? -1, epoch = 0;
        if (text is null
            || (colon >= 0 && !int.TryParse(text.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out epoch)))
        {
            return null;
        }

        string rest = text[(colon + 1)..];
        int hyphen = rest.IndexOf('-', StringComparison.Ordinal);
        return hyphen < 0
            ? new PackageVersion(epoch, rest, null)
            : new PackageVersion(epoch, rest[..hyphen], ApplicationList.Known(rest[(hyphen + 1)..]));
    }
}

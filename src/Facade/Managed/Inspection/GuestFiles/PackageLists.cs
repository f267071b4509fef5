using System.Globalization;

namespace Guestfs;

/// <summary>Package databases that are text: paragraphs of fields. The results are those of guestfs_inspect_list_applications2.</summary>
internal static class PackageLists
{
    internal static GuestApplication[] Dpkg(string status)
    {
        List<GuestApplication> found = [];
        foreach (Dictionary<string, string> package in Paragraphs(status, ": ", ' '))
        {
            if (Field("Package") is { } name && Field("Version") is { } version && Number(version) is { } number
                && Field("Status")?.Contains("installed", StringComparison.Ordinal) == true)
            {
                string[] description = (Field("Description") ?? "").Split('\n', 2);
                found.Add(new GuestApplication
                {
                    Name = name,
                    Epoch = number.Epoch,
                    Version = number.Version,
                    Release = number.Release,
                    Architecture = Field("Architecture"),
                    Homepage = Field("Homepage"),
                    SourcePackage = Field("Source")?.Split(' ')[0],
                    Summary = Known(description[0]),
                    Description = description.Length > 1 ? Known(description[1]) : null,
                });
            }

            string? Field(string field) => package.TryGetValue(field, out string? value) ? Known(value) : null;
        }

        return Sorted(found);
    }

    internal static GuestApplication[] Apk(string installed)
    {
        List<GuestApplication> found = [];
        foreach (Dictionary<string, string> package in Paragraphs(installed, ":", null))
        {
            if (Field("P") is { } name && Field("V") is { } version && Number(version) is { } number)
            {
                found.Add(new GuestApplication
                {
                    Name = name,
                    Epoch = number.Epoch,
                    Version = number.Version,
                    Release = number.Release?.StartsWith('r') == true ? Known(number.Release[1..]) : number.Release,
                    Architecture = Field("A"),
                    Homepage = Field("U"),
                    Description = Field("T"),
                });
            }

            string? Field(string field) => package.TryGetValue(field, out string? value) ? Known(value) : null;
        }

        return Sorted(found);
    }

    private static IEnumerable<Dictionary<string, string>> Paragraphs(string text, string separator, char? continuation)
    {
        Dictionary<string, string> fields = new(StringComparer.Ordinal);
        string? last = null;
        foreach (string line in text.Split('\n'))
        {
            if (line.Length == 0)
            {
                if (fields.Count > 0)
                {
                    yield return fields;
                    fields = new(StringComparer.Ordinal);
                }

                last = null;
            }
            else if (line[0] == continuation)
            {
                // Others are not needed, and long.
                if (last == "Description")
                {
                    fields[last] += "\n" + line[1..];
                }
            }
            else if (line.IndexOf(separator, StringComparison.Ordinal) is > 0 and int at)
            {
                last = line[..at];
                fields[last] = line[(at + separator.Length)..];
            }
            else
            {
                last = null;
            }
        }

        if (fields.Count > 0)
        {
            yield return fields;
        }
    }

    // epoch:version-release, where upstream's words begin at the first hyphen.
    private static (int Epoch, string Version, string? Release)? Number(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        int epoch = 0;
        if (colon >= 0 && !int.TryParse(text.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out epoch))
        {
            return null;
        }

        string[] parts = text[(colon + 1)..].Split('-', 2);
        return (epoch, parts[0], parts.Length > 1 ? Known(parts[1]) : null);
    }

    private static GuestApplication[] Sorted(List<GuestApplication> found) => [.. found.OrderBy(a => a.Name, StringComparer.Ordinal)];

    private static string? Known(string text) => text.Length == 0 ? null : text;
}

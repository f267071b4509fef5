using Guestfs.Appliances.Packages;

namespace Guestfs.Appliances.Pacman;

/// <summary>The form of the files in pacman's database: a heading between percent signs, the values one a line, an empty line.</summary>
internal sealed class PacmanRecord
{
    private readonly Dictionary<string, List<string>> sections = new(StringComparer.Ordinal);

    /// <summary>Reads a file; no file is one without sections.</summary>
    /// <exception cref="ApplianceException">It cannot be read or is damaged.</exception>
    internal PacmanRecord(string path)
    {
        List<string>? section = null;
        foreach (string line in DatabaseFile.ReadLines(path))
        {
            if (line.Length == 0)
            {
                section = null;
            }
            else if (section is not null)
            {
                section.Add(line);
            }
            else if (line.Length > 2 && line[0] == '%' && line[^1] == '%')
            {
                sections[line] = section = [];
            }
            else
            {
                throw DatabaseFile.Damaged(path, $"'{line}' does not belong to a section");
            }
        }
    }

    /// <summary>The values under a heading, such as <c>%NAME%</c>.</summary>
    internal IReadOnlyList<string> this[string heading] => sections.TryGetValue(heading, out List<string>? values) ? values : [];
}

using System.Globalization;

namespace Guestfs.Appliances.Repositories;

/// <summary>The links that packages ask update-alternatives for. Scripts are searched for plain commands, not run.</summary>
internal static class AlternativeLinks
{
    /// <summary>
    /// The links of all <c>update-alternatives --install</c> commands whose words are literal: of each name the one with the
    /// highest priority, then the first by path. Those whose target does not exist are left out, as update-alternatives does.
    /// </summary>
    /// <param name="scripts">Texts of postinst scripts.</param>
    /// <param name="exists">Whether a path is in the appliance.</param>
    /// <returns>Symbolic links: path and target.</returns>
    internal static IReadOnlyList<(string Path, string Target)> Find(IEnumerable<string> scripts, Func<string, bool> exists)
    {
        List<(string Path, string Target)> links = [];
        foreach (IGrouping<string, Install> group in scripts.SelectMany(Commands)
            .GroupBy(install => install.Name, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            Install? best = group.Where(install => exists(install.Target))
                .OrderByDescending(install => install.Priority)
                .ThenBy(install => install.Target, StringComparer.Ordinal)
                .FirstOrDefault();
            foreach ((string link, string name, string target) in best is null
                ? []
                : best.Slaves.Where(slave => exists(slave.Target)).Prepend((best.Link, best.Name, best.Target)))
            {
                if (!exists(link))
                {
                    links.Add(($"/etc/alternatives/{name}", target));
                    links.Add((link, $"/etc/alternatives/{name}"));
                }
            }
        }

        return links;
    }

    private static IEnumerable<Install> Commands(string script)
    {
        string text = script.Replace("\\\n", " ", StringComparison.Ordinal);
        foreach (string line in text.Split('\n').Where(line => !line.TrimStart().StartsWith('#')))
        {
            string[] words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            int command = Array.IndexOf(words, "update-alternatives"), install = Array.IndexOf(words, "--install");
            if (command < 0 || install < command || words.Length < install + 5 || !words[(install + 1)..(install + 4)].All(IsLiteral)
                || !int.TryParse(words[install + 4], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int priority))
            {
                continue;
            }

            List<(string, string, string)> slaves = [];
            for (int i = install + 5; i + 3 < words.Length && words[i] == "--slave" && words[(i + 1)..(i + 4)].All(IsLiteral); i += 4)
            {
                slaves.Add((words[i + 1], words[i + 2], words[i + 3]));
            }

            yield return new Install(words[install + 1], words[install + 2], words[install + 3], priority, slaves);
        }
    }

    // Nothing that a shell would change, and nothing that is no path.
    private static bool IsLiteral(string word) =>
        word.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '-' or '_' or '+' or '@' or '[')
        && !word.Split('/').Contains("..")
        && !word.EndsWith('/');

    private sealed record Install(
        string Link, string Name, string Target, int Priority, IReadOnlyList<(string Link, string Name, string Target)> Slaves);
}

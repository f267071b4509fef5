using System.Globalization;
using System.Text.RegularExpressions;

namespace Guestfs.Appliances.Repositories;

/// <summary>/etc/passwd and /etc/group: the masters of base-passwd, and what packages declare in sysusers.d.</summary>
internal sealed partial class AccountFiles
{
    private const int MaxFreeId = 999;

    private readonly List<string> users;
    private readonly List<string> groups;
    private readonly HashSet<string> userNames, groupNames;
    private readonly HashSet<int> ids;

    /// <summary>Begins with the accounts that every system has.</summary>
    internal AccountFiles(string passwdMaster, string groupMaster)
    {
        users = Lines(passwdMaster);
        groups = Lines(groupMaster);
        userNames = [.. users.Select(line => line.Split(':')[0])];
        groupNames = [.. groups.Select(line => line.Split(':')[0])];
        ids = [.. users.Concat(groups)
            .Select(line => line.Split(':'))
            .Where(fields => fields.Length > 2)
            .Select(fields => Number(fields[2]))
            .OfType<int>()];
    }

    /// <summary>The text of /etc/passwd.</summary>
    internal string Passwd => string.Concat(users.Select(line => line + "\n"));

    /// <summary>The text of /etc/group.</summary>
    internal string Group => string.Concat(groups.Select(line => line + "\n"));

    /// <summary>
    /// Adds the users and groups of a sysusers.d(5) file. Numbers that are not given are taken downwards from 999: udev and
    /// the daemon go by names. Lines of other kinds (memberships, ranges) have no meaning for an appliance.
    /// </summary>
    internal void Add(string sysusers)
    {
        foreach (string line in Lines(sysusers).Where(line => line.Length > 0 && line[0] != '#'))
        {
            string[] words = [.. Words().Matches(line).Select(match => match.Value.Trim('"'))];
            if (words is not [("g" or "u" or "u!") and string kind, string name, ..] || !Name().IsMatch(name))
            {
                continue;
            }

            string[] id = (words.Length > 2 ? words[2] : "-").Split(':');
            int? asked = Number(id[0]);
            if (kind == "g")
            {
                AddGroup(name, asked);
            }
            else if (userNames.Add(name))
            {
                // The group is the second half of "uid:gid" when that names one, else one of the user's own.
                string groupName = id.Length > 1 && groupNames.Contains(id[1]) ? id[1] : name;
                int group = id.Length > 1 && Number(id[1]) is { } number ? number : AddGroup(groupName, asked);
                string home = words.Length > 4 && words[4] is not "-" ? words[4] : "/";
                string comment = words.Length > 3 && words[3] is not "-" ? words[3] : "";
                users.Add(string.Create(
                    CultureInfo.InvariantCulture, $"{name}:!*:{asked ?? group}:{group}:{comment}:{home}:/usr/sbin/nologin"));
            }
        }
    }

    private int AddGroup(string name, int? asked)
    {
        if (!groupNames.Add(name))
        {
            return Number(groups.First(line => line.StartsWith(name + ":", StringComparison.Ordinal)).Split(':')[2]) ?? 0;
        }

        int id = asked is { } number && !ids.Contains(number)
            ? number
            : Enumerable.Range(0, MaxFreeId).Select(i => MaxFreeId - i).First(free => !ids.Contains(free));
        ids.Add(id);
        groups.Add(string.Create(CultureInfo.InvariantCulture, $"{name}:x:{id}:"));
        return id;
    }

    private static List<string> Lines(string text) => [.. text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : null;

    [GeneratedRegex("\"[^\"]*\"|\\S+")]
    private static partial Regex Words();

    [GeneratedRegex("^[a-z_][a-z0-9_-]{0,30}$")]
    private static partial Regex Name();
}

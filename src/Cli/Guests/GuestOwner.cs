using System.Globalization;

namespace Guestfs.Cli.Guests;

/// <summary>Users and groups of the guest, by its own names.</summary>
internal static class GuestOwner
{
    /// <summary>Reads <c>user</c>, <c>user:group</c>, <c>user:</c> (with its own group) or <c>:group</c>.</summary>
    internal static (int? User, int? Group) Read(GuestfsHandle g, string text)
    {
        string[] parts = text.Split(':');
        if (parts.Length > 2 || text is "" or ":")
        {
            throw new UsageException($"'{text}' is no owner: user, user:group or :group.");
        }

        string[]? user = parts[0].Length == 0 ? null : Find(g, "/etc/passwd", parts[0], "user");
        int? group = parts.Length == 1 ? null
            : parts[1].Length > 0 ? Number(Find(g, "/etc/group", parts[1], "group")[2])
            : user is [_, _, _, var own, ..] ? Number(own)
            : throw new UsageException($"The group of user {parts[0]} is not known: name it.");
        return (user is null ? null : Number(user[2]), group);
    }

    // A number needs no entry.
    private static string[] Find(GuestfsHandle g, string file, string name, string what)
    {
        if (g.IsFile(file, new IsFileOptions { FollowSymlinks = true })
            && g.ReadLines(file).Select(line => line.Split(':')).FirstOrDefault(
                fields => fields.Length > 2 && fields[0] == name && Number(fields[2]) is not null) is { } entry)
        {
            return entry;
        }

        return Number(name) is not null
            ? [name, "", name]
            : throw new UsageException($"The guest has no {what} '{name}' in its {file}.");
    }

    private static int? Number(string text) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint number) && number != uint.MaxValue
            ? (int)number
            : null;
}

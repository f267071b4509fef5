// Extended attributes of many files of the guest with few calls: SELinux' labels, access control lists, capabilities, users' own.
using Guestfs.Interop;

namespace Guestfs.Cli.Guests;

/// <summary>Reads extended attributes.</summary>
internal static class GuestAttributes
{
    // What fits into a message, unless attributes are very long.
    private const int MaxNames = 100;

    /// <summary>What files of one directory have, each as a text that is the same where the attributes are.</summary>
    internal static List<string> Of(GuestSession session, List<GuestEntry> entries)
    {
        List<string> found = [];
        foreach (GuestEntry[] some in entries.Chunk(MaxNames))
        {
            found.AddRange(TryReadTogether(session.Guestfs, some)?.Zip(some, (text, entry) => text ?? Read(session, entry))
                ?? some.Select(entry => Read(session, entry)));
        }

        return found;
    }

    private static List<string?>? TryReadTogether(GuestfsHandle g, GuestEntry[] entries)
    {
        if (entries is [_])
        {
            return null;
        }

        try
        {
            Xattr[] found = g.Lxattrlist(entries[0].Directory, Array.ConvertAll(entries, entry => entry.Name));
            List<string?> files = [.. XattrList.Files(found).Select(file => file is { } attributes ? Text(attributes) : null)];
            return files.Count == entries.Length ? files : null;
        }
        catch (GuestfsException) when (g.State == GuestfsState.Ready)
        {
            // They may be too long for one message together.
            return null;
        }
    }

    private static string Read(GuestSession session, GuestEntry entry)
    {
        try
        {
            return Text(session.Guestfs.Lgetxattrs(entry.Path));
        }
        catch (GuestfsException e) when (session.Guestfs.State == GuestfsState.Ready)
        {
            if (e.Errno != Libc.ENOTSUP)
            {
                session.Leave(e.Message, e);
            }

            // Or its filesystem has none.
            return "";
        }
    }

    private static string Text(IEnumerable<Xattr> attributes) => string.Join('\n', attributes
        .Select(attribute => $"{attribute.Name}={Convert.ToBase64String(attribute.Val)}").Order(StringComparer.Ordinal));
}

// What remains to be done to unpacked packages so that they are a system. Their maintainer scripts do it on a real one;
// they are never run here, because that takes root rights and trust. Made for Debian 12 and later and for Ubuntu.
using System.Text;

using Guestfs.Appliances.Plan;

namespace Guestfs.Appliances.Repositories;

/// <summary>Works out the files that no package ships.</summary>
internal static class SystemSetup
{
    private const uint Link = Permissions.Octal0777, PlainFile = Permissions.Octal0644, DirectoryMode = Permissions.Octal0755,
        SharedDirectory = Permissions.Octal1777;

    // libc-bin, and base-files before it, copy this from its master.
    private static readonly string[] NameServiceMasters = ["/usr/share/libc-bin/nsswitch.conf", "/usr/share/base-files/nsswitch.conf"];

    /// <summary>
    /// The entries to add, after those of the packages, to a plan. There is no ld.so.cache among them: it would have to be
    /// the work of ldconfig, and the loader finds everything in its default directories without it, because Debian's
    /// ld.so.conf.d names only these; it costs a few failed opens per program.
    /// </summary>
    /// <param name="entries">The files of all packages.</param>
    /// <param name="scripts">Texts of the packages' postinst scripts.</param>
    internal static IReadOnlyList<PlanEntry> Complete(IReadOnlyList<PlanEntry> entries, IReadOnlyList<string> scripts)
    {
        Dictionary<string, PlanEntry> byPath = new(StringComparer.Ordinal);
        foreach (PlanEntry entry in entries)
        {
            byPath[Merged(entry.Path)] = entry;
        }

        List<PlanEntry> added = [.. MergeUsr(entries)];
        AddBaseFiles(byPath, added);
        AddAccounts(byPath, added);
        foreach ((string path, string target) in AlternativeLinks.Find(scripts, path => byPath.ContainsKey(Merged(path))))
        {
            added.Add(LinkTo(path, target));
        }

        return added;
    }

    // Debian 12 ships /bin and its like as directories and leaves it to usr-is-merged to make links of them; packages for
    // it know that their files end up in /usr. Later releases ship the links.
    private static IEnumerable<PlanEntry> MergeUsr(IReadOnlyList<PlanEntry> entries)
    {
        HashSet<string> links = [.. entries.Where(entry => entry.Kind == EntryKind.SymbolicLink).Select(entry => entry.Path)];
        return entries.Select(entry => TopOf(entry.Path))
            .Where(top => top is "bin" or "sbin" || top.StartsWith("lib", StringComparison.Ordinal))
            .Concat(["bin", "sbin", "lib"])
            .Distinct(StringComparer.Ordinal)
            .Where(top => IsMerged(top) && !links.Contains("/" + top))
            .Order(StringComparer.Ordinal)
            .SelectMany(top => new[] { LinkTo("/" + top, "usr/" + top), DirectoryAt("/usr/" + top, DirectoryMode) });
    }

    private static void AddBaseFiles(Dictionary<string, PlanEntry> byPath, List<PlanEntry> added)
    {
        // base-files replaces these, which it ships as empty directories.
        added.Add(DirectoryAt("/run", DirectoryMode));
        added.Add(DirectoryAt("/run/lock", SharedDirectory));
        added.Add(LinkTo("/var/run", "/run"));
        added.Add(LinkTo("/var/lock", "/run/lock"));
        AddMissing(LinkTo("/etc/mtab", "../proc/self/mounts"));

        // Empty: the appliance's own init fills in the first; nothing is to make up the second at each start.
        AddMissing(FileOf("/etc/resolv.conf", ""));
        AddMissing(FileOf("/etc/machine-id", ""));
        AddMissing(FileOf("/etc/ld.so.conf", "include /etc/ld.so.conf.d/*.conf\n"));
        if (Array.Find(NameServiceMasters, byPath.ContainsKey) is { } master)
        {
            AddMissing(byPath[master] with { Path = "/etc/nsswitch.conf" });
        }

        // dash has made this link in its scripts, or shipped it, depending on the release.
        if (!byPath.ContainsKey("/usr/bin/sh")
            && Array.Find(["dash", "bash"], shell => byPath.ContainsKey("/usr/bin/" + shell)) is { } found)
        {
            added.Add(LinkTo("/usr/bin/sh", found));
        }

        void AddMissing(PlanEntry entry)
        {
            if (!byPath.ContainsKey(entry.Path))
            {
                added.Add(entry);
            }
        }
    }

    private static void AddAccounts(Dictionary<string, PlanEntry> byPath, List<PlanEntry> added)
    {
        if (byPath.GetValueOrDefault("/usr/share/base-passwd/passwd.master")?.Content is not { } passwd
            || byPath.GetValueOrDefault("/usr/share/base-passwd/group.master")?.Content is not { } group
            || byPath.ContainsKey("/etc/passwd") || byPath.ContainsKey("/etc/group"))
        {
            return;
        }

        AccountFiles accounts = new(TextOf(passwd), TextOf(group));
        foreach (PlanEntry declared in byPath.Values
            .Where(entry => entry.Kind == EntryKind.File
                && FilePlanBuilder.ParentOf(entry.Path) == "/usr/lib/sysusers.d"
                && entry.Path.EndsWith(".conf", StringComparison.Ordinal))
            .OrderBy(entry => entry.Path, StringComparer.Ordinal))
        {
            accounts.Add(TextOf(declared.Content!));
        }

        added.Add(FileOf("/etc/passwd", accounts.Passwd));
        added.Add(FileOf("/etc/group", accounts.Group));
    }

    // The name under which a file is when /bin and its like are links.
    private static string Merged(string path) => path.Length > TopOf(path).Length + 1 && IsMerged(TopOf(path)) ? "/usr" + path : path;

    private static bool IsMerged(string top) => top is "bin" or "sbin" or "lib" or "lib32" or "lib64" or "libo32" or "libx32";

    private static string TopOf(string path) => path.Split('/', 3)[1];

    private static PlanEntry LinkTo(string path, string target) =>
        new() { Path = path, Kind = EntryKind.SymbolicLink, Mode = Link, LinkTarget = target };

    private static PlanEntry DirectoryAt(string path, uint mode) => new() { Path = path, Kind = EntryKind.Directory, Mode = mode };

    private static PlanEntry FileOf(string path, string text) =>
        new() { Path = path, Kind = EntryKind.File, Mode = PlainFile, Content = new BytesContent(Encoding.UTF8.GetBytes(text)) };

    private static string TextOf(FileContent content)
    {
        const int MaxLength = 1 << 20;
        byte[] bytes = new byte[Math.Min(content.Length, MaxLength)];
        using IContentReader reader = content.Open();
        reader.ReadExactly(0, bytes);
        return Encoding.UTF8.GetString(bytes);
    }
}

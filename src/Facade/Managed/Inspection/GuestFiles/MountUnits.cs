// systemd.mount(5) and systemd.automount(5). Of packages' units nobody asks: they mount what the kernel makes.
namespace Guestfs;

internal static class MountUnits
{
    private const string Directory = "/etc/systemd/system";
    private const string Mount = ".mount", Automount = ".automount";

    // Somebody's own are a few.
    private const int Most = 200;

    /// <summary>The units that somebody added to the system.</summary>
    internal static List<GuestMountEntry> Read(GuestFileReader files)
    {
        List<GuestMountEntry> entries = [];
        IReadOnlyList<string> names = files.List(Directory);
        HashSet<string>? wanted = null;
        foreach (string name in names)
        {
            if (name.EndsWith(Mount, StringComparison.Ordinal) && entries.Count < Most
                && files.IsFile($"{Directory}/{name}") && Read(files, $"{Directory}/{name}") is { } entry)
            {
                wanted ??= Wanted(files, names);
                entries.Add(entry with
                {
                    IsAutomatic = wanted.Contains(name) || wanted.Contains(name[..^Mount.Length] + Automount),
                });
            }
        }

        return entries;
    }

    // What is enabled is linked from a directory of what wants it.
    private static HashSet<string> Wanted(GuestFileReader files, IReadOnlyList<string> names)
    {
        HashSet<string> wanted = new(StringComparer.Ordinal);
        int left = Most;
        foreach (string name in names)
        {
            if ((name.EndsWith(".wants", StringComparison.Ordinal) || name.EndsWith(".requires", StringComparison.Ordinal)) && left-- > 0)
            {
                wanted.UnionWith(files.List($"{Directory}/{name}"));
            }
        }

        return wanted;
    }

    private static GuestMountEntry? Read(GuestFileReader files, string path)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        string section = "";
        string begun = "";
        foreach ((int number, string text) in files.ReadLines(path))
        {
            string line = begun + text;
            begun = line.EndsWith('\\') ? line[..^1] + " " : "";
            if (begun.Length > 0 || line[0] == ';')
            {
                continue;
            }

            int equals = line.IndexOf('=', StringComparison.Ordinal);
            if (line[0] == '[')
            {
                section = line;
            }
            else if (equals <= 0)
            {
                files.Report(path, number, $"{GuestFileReader.Quoted(line)} sets nothing.");
            }
            else if (section == "[Mount]")
            {
                values[line[..equals].TrimEnd()] = ShellText.Unquote(line[(equals + 1)..].TrimStart());
            }
        }

        string? what = values.GetValueOrDefault("What");
        string? where = values.GetValueOrDefault("Where");
        if (what is null or "" || where is null || !where.StartsWith('/'))
        {
            files.Report(path, null, "names no device, or no directory to mount it on, and is left out.");
            return null;
        }

        return new GuestMountEntry
        {
            File = path,
            Device = what,
            Path = Fstab.Canonical(where),
            Type = values.GetValueOrDefault("Type") is { Length: > 0 } type ? type : "auto",
            Options = values.GetValueOrDefault("Options") is { Length: > 0 } options
                ? options.Split(',', StringSplitOptions.TrimEntries)
                : [],
        };
    }
}

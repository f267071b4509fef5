// systemd.unit(5), systemd.mount(5) and systemd.automount(5). What fstab says becomes units in /run when a system starts: those of
// somebody's own come before them, those of packages behind them.
using System.Globalization;
using System.Text;

using Guestfs.Interop;

namespace Guestfs;

/// <summary>The mount units of a system, with what its owner changed of them.</summary>
internal sealed class MountUnits
{
    private const string Own = "/etc/systemd/system";
    private const string Mount = ".mount", Automount = ".automount";

    // Somebody's own are a few.
    private const int Most = 200;

    // In their order: the first that has a file of some name hides the others'. Those of /run are gone when a system is off.
    private static readonly string[] Places = [Own, "/usr/local/lib/systemd/system", "/usr/lib/systemd/system"];

    // Of packages' units, these mount what the kernel makes.
    private static readonly string[] OfKernel = ["dev-", "proc-", "run-", "sys-"];

    // Which targets of packages' have a mount unit wanted.
    private static readonly string[] Targets = ["basic", "local-fs", "multi-user", "remote-fs", "sysinit"];

    private readonly GuestFileReader files;
    private readonly List<(string Path, HashSet<string> Names)> folders = [];
    private HashSet<string>? wanted;

    internal MountUnits(GuestFileReader files)
    {
        this.files = files;

        // Every systemd has it, and without one there is nothing to be asked.
        if (!files.IsDirectory("/etc/systemd"))
        {
            return;
        }

        foreach (string place in Places)
        {
            Add(place);
        }

        // The same as the last one, unless the system is older than the merge of /lib and /usr/lib.
        if (!folders.Exists(f => f.Path == Places[^1]))
        {
            Add("/lib/systemd/system");
        }

        void Add(string place)
        {
            if (files.List(place) is { Count: > 0 } names)
            {
                folders.Add((place, new HashSet<string>(names, StringComparer.Ordinal)));
            }
        }
    }

    /// <summary>Which of several entries for one directory counts: the one with the least.</summary>
    internal static int Precedence(GuestMountEntry entry) =>
        entry.Line is not null ? 1
        : entry.File.StartsWith("/etc/", StringComparison.Ordinal) ? 0
        : entry.File.StartsWith("/run/", StringComparison.Ordinal) ? 3
        : 2;

    /// <summary>All units but those for what the kernel makes.</summary>
    internal List<GuestMountEntry> Read()
    {
        List<GuestMountEntry> entries = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach ((string folder, HashSet<string> names) in folders)
        {
            foreach (string name in names.Order(StringComparer.Ordinal))
            {
                if (name.EndsWith(Mount, StringComparison.Ordinal) && entries.Count < Most
                    && (folder == Own || !Array.Exists(OfKernel, p => name.StartsWith(p, StringComparison.Ordinal)))
                    && seen.Add(name) && Find(name) is { } path && Read(name, path) is { } entry)
                {
                    entries.Add(entry);
                }
            }
        }

        return entries;
    }

    /// <summary>A line of fstab with what drop-ins and other units of its name change.</summary>
    internal GuestMountEntry Change(GuestMountEntry line)
    {
        string name = UnitName(line.Path);
        if (folders.Count == 0 || !line.Path.StartsWith('/'))
        {
            return line;
        }

        Dictionary<string, string> values = new(StringComparer.Ordinal);
        ReadDropIns(name, values);
        return Set(line with { IsMasked = IsMasked(name), IsAutomatic = line.IsAutomatic || IsWanted(name) }, values);
    }

    /// <summary>The unit of a directory: systemd-escape(1) with <c>--path</c>.</summary>
    internal static string UnitName(string path)
    {
        StringBuilder name = new();
        foreach (byte b in LosslessUtf8.GetBytes(path.Trim('/')))
        {
            char c = (char)b;
            name.Append(c == '/' ? "-"
                : char.IsAsciiLetterOrDigit(c) || c is ':' or '_' || (c == '.' && name.Length > 0) ? c.ToString()
                : string.Create(CultureInfo.InvariantCulture, $"\\x{b:x2}"));
        }

        return (name.Length == 0 ? "-" : name.ToString()) + Mount;
    }

    /// <summary>The files that are merged for a unit, after its own: all of a name that are not hidden by one of a place before.</summary>
    internal IEnumerable<string> DropIns(string name)
    {
        SortedDictionary<string, string> found = new(StringComparer.Ordinal);
        List<string> directories = [name + ".d"];
        for (int dash = name.LastIndexOf('-'); dash > 0; dash = name.LastIndexOf('-', dash - 1))
        {
            directories.Add($"{name[..(dash + 1)]}{Mount}.d");
        }

        Look(directories);
        Look([Mount[1..] + ".d"]);
        return found.Values.Where(path => !IsMask(path));

        void Look(List<string> directories)
        {
            foreach ((string folder, HashSet<string> names) in folders)
            {
                foreach (string directory in directories.Where(names.Contains))
                {
                    foreach (string file in files.List($"{folder}/{directory}").Take(Most))
                    {
                        if (file.EndsWith(".conf", StringComparison.Ordinal))
                        {
                            found.TryAdd(file, $"{folder}/{directory}/{file}");
                        }
                    }
                }
            }
        }
    }

    private GuestMountEntry? Read(string name, string path)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        ReadFile(path, values);
        ReadDropIns(name, values);
        string? where = values.GetValueOrDefault("Where");
        if (values.GetValueOrDefault("What") is null or "" || where is null || !where.StartsWith('/'))
        {
            files.Report(path, null, "names no device, or no directory to mount it on, and is left out.");
            return null;
        }

        where = Fstab.Canonical(where);
        if (UnitName(where) is var proper && proper != name)
        {
            files.Report(
                path, null, $"is for {GuestFileReader.Quoted(where)}, and left out: systemd refuses it by another name than {proper}.");
            return null;
        }

        bool isMasked = IsMasked(name);
        return Set(
            new GuestMountEntry
            {
                File = path,
                Device = "",
                Path = where,
                Type = "auto",
                IsMasked = isMasked,
                IsAutomatic = !isMasked && IsWanted(name),
            },
            values);
    }

    private static GuestMountEntry Set(GuestMountEntry entry, Dictionary<string, string> values) => values.Count == 0 ? entry : entry with
    {
        Device = values.GetValueOrDefault("What") is { Length: > 0 } what ? what : entry.Device,
        Type = values.GetValueOrDefault("Type") is { Length: > 0 } type ? type : entry.Type,
        Options = values.GetValueOrDefault("Options") is not { } options ? entry.Options
            : options.Length == 0 ? []
            : options.Split(',', StringSplitOptions.TrimEntries),
    };

    // The first file of a name that is no mask.
    private string? Find(string name)
    {
        foreach ((string folder, HashSet<string> names) in folders)
        {
            if (names.Contains(name) && $"{folder}/{name}" is var path && !IsMask(path) && files.IsFile(path))
            {
                return path;
            }
        }

        return null;
    }

    // The first file of a name is a mask. For a line of fstab one of packages' is none, since it is behind the line.
    private bool IsMasked(string name)
    {
        foreach ((string folder, HashSet<string> names) in folders)
        {
            if (names.Contains(name))
            {
                return folder == Own && IsMask($"{folder}/{name}");
            }
        }

        return false;
    }

    private bool IsMask(string path) => files.LinkTarget(path) is { } target
        ? target.EndsWith("/dev/null", StringComparison.Ordinal)
        : files.IsFile(path) && files.ReadStart(path, 1) is [];

    // What is enabled is linked from a directory of what wants it; so may be what mounts it when it is first used.
    private bool IsWanted(string name)
    {
        wanted ??= Wanted();
        string automount = name[..^Mount.Length] + Automount;
        return wanted.Contains(name) || (wanted.Contains(automount) && !IsMasked(automount));
    }

    private HashSet<string> Wanted()
    {
        HashSet<string> found = new(StringComparer.Ordinal);
        int left = Most;
        foreach ((string folder, HashSet<string> names) in folders)
        {
            foreach (string name in names)
            {
                int end = name.EndsWith(".wants", StringComparison.Ordinal) || name.EndsWith(".requires", StringComparison.Ordinal)
                    ? name.LastIndexOf('.')
                    : -1;
                if (end > 0
                    && (folder == Own || Array.Exists(Targets, t => name.AsSpan(0, end).SequenceEqual(t + ".target")))
                    && left-- > 0)
                {
                    found.UnionWith(files.List($"{folder}/{name}"));
                }
            }
        }

        return found;
    }

    private void ReadDropIns(string name, Dictionary<string, string> values)
    {
        foreach (string path in DropIns(name))
        {
            ReadFile(path, values);
        }
    }

    private void ReadFile(string path, Dictionary<string, string> values)
    {
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
    }
}

// What systemd-tmpfiles and kmod make in /dev and /run when an appliance starts, worked out when it is built.
using System.Globalization;

using Guestfs.Appliances.Kernel;
using Guestfs.Appliances.Modules;
using Guestfs.Appliances.Plan;

namespace Guestfs.Appliances.Fast;

/// <summary>
/// Lists directories, device nodes and links from the packages' tmpfiles.d(5) and the kernel's modules.devname, for the init
/// of the fast profile. A line has six words: kind (d, c, b, l), octal mode, user, group, path, and a device's number, a
/// link's target, or "-". Files, globs and specifiers, which no daemon of an appliance needs, are left out.
/// </summary>
internal sealed class TmpfilesList
{
    private const string DevicesName = "modules.devname", RunLink = "/var/run/";
    private const int Words = 6, FirstWords = 7;

    // By precedence: a file of one hides those of the same name in the next ones.
    private static readonly string[] Directories = ["/etc/tmpfiles.d", "/usr/local/lib/tmpfiles.d", "/usr/lib/tmpfiles.d"];

    private readonly SortedDictionary<string, string> lines = new(StringComparer.Ordinal);
    private readonly FilePlan plan;
    private readonly PlanKernelSource files;
    private readonly Dictionary<string, string> users, groups;

    private TmpfilesList(FilePlan plan)
    {
        this.plan = plan;
        files = new PlanKernelSource(plan);
        users = ReadAccounts("/etc/passwd");
        groups = ReadAccounts("/etc/group");
    }

    /// <summary>The list's text.</summary>
    internal static string Create(FilePlan files, IKernelSource kernels, KernelChoice kernel, Action<string>? log)
    {
        TmpfilesList tree = new(files);
        tree.AddDevices(ModuleListReader.ReadLines(kernels, kernel.ModulesDirectory + "/" + DevicesName));
        tree.AddTemporaryFiles(log);
        tree.AddParents();
        return string.Concat(tree.lines.Values.Select(line => line + "\n"));
    }

    // "btrfs btrfs-control c10:234": opening the node loads the module.
    private void AddDevices(IEnumerable<string> devices)
    {
        foreach (string[] words in devices.Where(line => line[0] != '#').Select(line => line.Split(' ')))
        {
            if (words is [_, var name, [var type and ('b' or 'c'), ..] number] && IsPlain("/dev/" + name))
            {
                lines["/dev/" + name] = $"{type} 600 0 0 /dev/{name} {number[1..]}";
            }
        }
    }

    private void AddTemporaryFiles(Action<string>? log)
    {
        IEnumerable<PlanEntry> configuration = Directories
            .SelectMany((directory, rank) => plan.Entries
                .Where(entry => entry.Path.EndsWith(".conf", StringComparison.Ordinal) && FilePlanBuilder.ParentOf(entry.Path) == directory)
                .Select(entry => (rank, entry)))
            .GroupBy(file => FilePlanBuilder.NameOf(file.entry.Path), StringComparer.Ordinal)
            .Select(same => same.MinBy(file => file.rank).entry)
            .OrderBy(entry => FilePlanBuilder.NameOf(entry.Path), StringComparer.Ordinal);
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (PlanEntry file in configuration)
        {
            foreach (string line in ReadLines(file.Path))
            {
                string[] words = line.Split((char[]?)null, FirstWords, StringSplitOptions.RemoveEmptyEntries);
                if (words.Length >= 2 && words[0][0] != '#' && !Add(words, seen))
                {
                    log?.Invoke($"fast: {file.Path}: left out: {line}");
                }
            }
        }
    }

    // False if it is in a directory of these and not understood.
    private bool Add(string[] words, HashSet<string> seen)
    {
        // systemd 262 writes one of its directories with a slash at the end.
        string path = words[1].TrimEnd('/');
        path = path.StartsWith(RunLink, StringComparison.Ordinal) ? "/run/" + path[RunLink.Length..] : path;
        if (!path.StartsWith("/run/", StringComparison.Ordinal) && !path.StartsWith("/dev/", StringComparison.Ordinal))
        {
            return true;
        }

        string Word(int index) => index < words.Length ? words[index] : "-";
        string? user = Id(Word(3), users), group = Id(Word(4), groups);
        char kind = words[0][0];
        if (user is null || group is null || !IsPlain(path))
        {
            return false;
        }

        string mode = Word(2).TrimStart('~', ':');
        switch (kind)
        {
            case 'd' or 'D' or 'v' or 'q' or 'Q':
                return !seen.Add(path) || Set(path, $"d {(mode == "-" ? "755" : mode)} {user} {group} {path} -");
            case 'c' or 'b' when IsPlain(Word(6)):
                return !seen.Add(path) || Set(path, $"{kind} {(mode == "-" ? "644" : mode)} {user} {group} {path} {Word(6)}");
            case 'L' when IsPlain(Word(6)):
                return !seen.Add(path) || Set(path, $"l 777 0 0 {path} {Word(6)}");
            case 'z' when lines.TryGetValue(path, out string? node):
                string[] parts = node.Split(' ', Words);
                return Set(path, $"{parts[0]} {(mode == "-" ? parts[1] : mode)} {user} {group} {path} {parts[5]}");
            default:
                return false;
        }
    }

    private bool Set(string path, string line)
    {
        lines[path] = line;
        return true;
    }

    private void AddParents()
    {
        foreach (string path in lines.Keys.ToArray())
        {
            for (string parent = FilePlanBuilder.ParentOf(path); FilePlanBuilder.ParentOf(parent) != "/"; parent = FilePlanBuilder.ParentOf(
                parent))
            {
                lines.TryAdd(parent, $"d 755 0 0 {parent} -");
            }
        }
    }

    private static bool IsPlain(string word) => word is not ("" or "-") && word.IndexOfAny([' ', '*', '?', '[', '%', '"', '\'', '\\']) < 0;

    private static string? Id(string name, Dictionary<string, string> accounts) =>
        name == "-"
            ? "0" : uint.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? name : accounts.GetValueOrDefault(name);

    private Dictionary<string, string> ReadAccounts(string path)
    {
        // Which everybody knows, also where no package brings a list of accounts.
        Dictionary<string, string> accounts = new(StringComparer.Ordinal) { ["root"] = "0" };
        foreach (string[] fields in ReadLines(path).Select(line => line.Split(':')).Where(fields => fields.Length > 2))
        {
            accounts.TryAdd(fields[0], fields[2]);
        }

        return accounts;
    }

    private string[] ReadLines(string path) => ModuleListReader.ReadLines(files, path);
}

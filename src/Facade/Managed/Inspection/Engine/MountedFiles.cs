using Guestfs.Interop;

namespace Guestfs;

/// <summary>The files of what is mounted in the appliance, or of a directory in it.</summary>
/// <param name="g">The handle.</param>
/// <param name="below">The directory, without a slash at its end; its links lead astray if they are absolute.</param>
internal sealed class MountedFiles(GuestfsHandle g, string below = "") : GuestFileReader
{
    private readonly Dictionary<string, long> modes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> links = new(StringComparer.Ordinal);
    private List<string>? namesInRoot;

    /// <summary>Asks for many names of a directory at once, and says whether the directory itself is one.</summary>
    internal bool LookInto(string directory, params IEnumerable<string> names)
    {
        if (!IsDirectoryOrLink(directory))
        {
            return false;
        }

        try
        {
            string[] wanted = [.. names];
            StatNs[] found = g.Lstatnslist(below + directory, wanted);
            for (int i = 0; i < wanted.Length && i < found.Length; i++)
            {
                modes[$"{directory.TrimEnd('/')}/{wanted[i]}"] = found[i].Ino == -1 ? 0 : found[i].Mode;
            }
        }
        catch (GuestfsException e) when (g.State == GuestfsState.Ready)
        {
            Report(directory, null, "cannot be looked into: " + e.Message, e);
        }

        return true;
    }

    internal override bool IsDirectory(string path) => path == "/" || IsKind(Mode(path), Libc.S_IFDIR);

    /// <summary>Whether it is a directory, perhaps at the end of symbolic links; one that leads to none is reported.</summary>
    internal bool IsDirectoryOrLink(string path)
    {
        if (!IsKind(Mode(path), Libc.S_IFLNK))
        {
            return IsDirectory(path);
        }

        if (!links.TryGetValue(path, out bool leads))
        {
            leads = links[path] = Leads(path, Libc.S_IFDIR);
            if (!leads && Problems.Count == 0)
            {
                Report(path, null, "is a symbolic link that leads to no directory here.");
            }
        }

        return leads;
    }

    /// <summary>Whether it is a regular file, and not a link to one.</summary>
    internal bool IsPlainFile(string path) => IsKind(Mode(path), Libc.S_IFREG);

    /// <summary>Whether it is a file, or leads to what may be on another filesystem of the guest, as in NixOS.</summary>
    internal bool IsPlainFileOrLink(string path) => IsPlainFile(path) || IsKind(Mode(path), Libc.S_IFLNK);

    /// <summary>Whether it is a link to what may be relative or not.</summary>
    internal bool IsLinkTo(string path, string target) => LinkTarget(path) == target;

    internal override string? LinkTarget(string path) =>
        IsKind(Mode(path), Libc.S_IFLNK) ? g.AnswerOr<string?>(() => g.Readlink(below + path), null) : null;

    internal override bool IsFile(string path) => IsPlainFile(path) || (IsKind(Mode(path), Libc.S_IFLNK) && Leads(path, Libc.S_IFREG));

    internal override byte[]? ReadStart(string path, int count)
    {
        if (!IsFile(path))
        {
            return null;
        }

        try
        {
            return g.Pread(below + path, count, 0);
        }
        catch (GuestfsException e) when (g.State == GuestfsState.Ready)
        {
            Report(path, null, "cannot be read: " + e.Message, e);
            return null;
        }
    }

    /// <summary>A whole file of any kind of content; null if it is missing, too large or cannot be read, which is reported.</summary>
    internal byte[]? ReadWhole(string path, int maxSize)
    {
        if (!IsFile(path))
        {
            Report(path, null, "is missing.");
            return null;
        }

        try
        {
            long size = g.Statns(below + path).Size;
            if (size > maxSize)
            {
                Report(path, null, $"is too large, and is not read: {size} bytes, where {maxSize} are the most.");
                return null;
            }

            using MemoryStream content = new((int)size);
            g.Download(below + path, content);
            return content.Length == content.Capacity ? content.GetBuffer() : content.ToArray();
        }
        catch (GuestfsException e) when (g.State == GuestfsState.Ready)
        {
            Report(path, null, "cannot be read: " + e.Message, e);
            return null;
        }
    }

    internal override IReadOnlyList<string> List(string directory)
    {
        List<string> names = Names(directory, null);
        names.Sort(StringComparer.Ordinal);
        return names;
    }

    /// <summary>The names of a kind, or of all, in a directory, as far as it can be read; none if there is no such directory.</summary>
    internal List<string> Names(string directory, GuestfsFileType? kind)
    {
        // No directory of packages has so many.
        const int Most = 100_000;
        List<string> names = [];
        try
        {
            foreach (GuestfsDirectoryEntry entry in IsDirectory(directory) ? g.EnumerateDirectory(below + directory) : [])
            {
                if ((kind is null || entry.Type == kind) && names.Count < Most)
                {
                    names.Add(entry.Name);
                }
            }
        }
        catch (GuestfsException e) when (g.State == GuestfsState.Ready)
        {
            Report(directory, null, "cannot be looked into: " + e.Message, e);
        }

        return names;
    }

    /// <summary>The name of a file as it is written on the disk, however it is written here; null if there is none.</summary>
    internal string? IgnoringCase(string path)
    {
        try
        {
            return IsInRoot(path) && g.CaseSensitivePath(below + path) is { } found ? found[below.Length..] : null;
        }
        catch (GuestfsException) when (g.State == GuestfsState.Ready)
        {
            return null;
        }
    }

    // The names in the root are asked for once: hardly any filesystem has one of those that are looked for.
    private bool IsInRoot(string path)
    {
        if (namesInRoot is null)
        {
            namesInRoot = [];
            try
            {
                using DirentList list = DirentList.Read(g, below + "/");
                for (int i = 0; i < list.Count; i++)
                {
                    namesInRoot.Add(list.Name(i));
                }
            }
            catch (GuestfsException e) when (g.State == GuestfsState.Ready)
            {
                Report("/", null, "cannot be looked into: " + e.Message, e);
            }
        }

        int end = path.IndexOf('/', 1);
        string first = end < 0 ? path[1..] : path[1..end];
        return namesInRoot.Exists(n => n.Equals(first, StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsKind(long mode, int kind) => (mode & Libc.S_IFMT) == kind;

    private bool Leads(string path, int kind)
    {
        try
        {
            return IsKind(g.Statns(below + path).Mode, kind);
        }
        catch (GuestfsException e) when (g.State == GuestfsState.Ready)
        {
            // What a link leads to may be on another filesystem of the guest.
            if (e.Errno != Libc.ENOENT)
            {
                Report(path, null, "leads nowhere: " + e.Message, e);
            }

            return false;
        }
    }

    private long Mode(string path)
    {
        if (modes.TryGetValue(path, out long mode))
        {
            return mode;
        }

        // Nothing is below what is known to be no directory, nor a link to one.
        string parent = path[..Math.Max(path.LastIndexOf('/'), 0)];
        if (modes.TryGetValue(parent, out long above) && !IsKind(above, Libc.S_IFDIR) && !IsKind(above, Libc.S_IFLNK))
        {
            return modes[path] = 0;
        }

        try
        {
            mode = g.Lstatns(below + path).Mode;
        }
        catch (GuestfsException e) when (g.State == GuestfsState.Ready)
        {
            if (e.Errno is not (Libc.ENOENT or Libc.ENOTDIR))
            {
                Report(path, null, "cannot be looked at: " + e.Message, e);
            }
        }

        return modes[path] = mode;
    }
}

// Capabilities, access control lists and extended attributes, which copy_in and copy_out leave behind without a word.
using System.Globalization;
using System.IO.Enumeration;
using System.Text;

using Guestfs.Interop;

namespace Guestfs;

/// <summary>Warns of attributes that a copy does not have, if anybody listens to warnings: looking for them takes time.</summary>
internal static unsafe class LostAttributes
{
    private const int Names = 1000;

    /// <summary>Before a copy into the guest: of what is copied, and of what it replaces.</summary>
    internal static void BeforeCopyIn(GuestfsHandle g, string localpath, string remotedir)
    {
        if (g.State != GuestfsState.Ready || !g.Events.IsHeard(LibGuestfs.GUESTFS_EVENT_WARNING))
        {
            return;
        }

        string keeps = $"{ApiName.Function(nameof(GuestfsHandle.TarIn))} keeps those of an archive made by tar --xattrs --acls, with "
            + $"{ApiName.Option(nameof(TarInOptions), nameof(TarInOptions.Xattrs))} and "
            + $"{ApiName.Option(nameof(TarInOptions), nameof(TarInOptions.Acls))}.";
        if (OnHost(localpath) is { } file)
        {
            Warn(g, "copy_in", file, "does not get to the guest", keeps);
        }

        string source = localpath.TrimEnd('/');
        string target = $"{remotedir.TrimEnd('/')}/{source[(source.LastIndexOf('/') + 1)..]}";
        if (InGuest(g, target, path => Path.Exists(source + path[target.Length..])) is { } replaced)
        {
            Warn(g, "copy_in", replaced, "is lost where the copy replaces the file", "Read them before with "
                + ApiName.Function(nameof(GuestfsHandle.Lgetxattrs))
                + $", or use {ApiName.Function(nameof(GuestfsHandle.TarIn))}.");
        }
    }

    /// <summary>After a copy out of the guest.</summary>
    internal static void AfterCopyOut(GuestfsHandle g, string remotepath)
    {
        if (g.Events.IsHeard(LibGuestfs.GUESTFS_EVENT_WARNING)
            && InGuest(g, remotepath.Length > 1 ? remotepath.TrimEnd('/') : remotepath, _ => true) is { } file)
        {
            Warn(g, "copy_out", file, "did not get to the host", $"{ApiName.Function(nameof(GuestfsHandle.TarOut))} keeps them, with "
                + $"{ApiName.Option(nameof(TarOutOptions), nameof(TarOutOptions.Xattrs))}, "
                + $"{ApiName.Option(nameof(TarOutOptions), nameof(TarOutOptions.Acls))} and "
                + $"{ApiName.Option(nameof(TarOutOptions), nameof(TarOutOptions.Selinux))}.");
        }
    }

    private static void Warn(GuestfsHandle g, string operation, (string Path, string Attribute) first, string what, string remedy)
    {
        string kind = first.Attribute switch
        {
            "security.capability" => "capability",
            "system.posix_acl_access" or "system.posix_acl_default" => "access control list",
            _ => "extended attribute " + PrintableText.Line(first.Attribute),
        };
        g.Events.Warn(string.Create(CultureInfo.InvariantCulture,
            $"{operation}: the {kind} of {PrintableText.Line(first.Path)} {what}, and so with all capabilities, access control lists and "
            + $"extended attributes of what is copied. {remedy}"));
    }

    // The first file with attributes. A guest that cannot tell is one whose copy says why.
    private static (string Path, string Attribute)? InGuest(GuestfsHandle g, string path, Func<string, bool> counts)
    {
        try
        {
            if (!g.Exists(path))
            {
                return null;
            }

            if (g.Lgetxattrs(path).FirstOrDefault(x => Matters(x.Name)) is { } own && counts(path))
            {
                return (path, own.Name);
            }

            Stack<string> directories = new(g.IsDir(path) ? [path] : []);
            List<GuestfsDirectoryEntry> entries = [];
            while (directories.TryPop(out string? directory))
            {
                foreach (GuestfsDirectoryEntry entry in g.EnumerateDirectory(directory))
                {
                    if (entry.Type == GuestfsFileType.Directory)
                    {
                        directories.Push(entry.Path);
                    }

                    entries.Add(entry);
                    if (entries.Count == Names && First(g, directory, entries, counts) is { } found)
                    {
                        return found;
                    }
                }

                if (First(g, directory, entries, counts) is { } last)
                {
                    return last;
                }
            }
        }
        catch (GuestfsException) when (g.State == GuestfsState.Ready)
        {
        }

        return null;
    }

    // The entries are used up.
    private static (string Path, string Attribute)? First(
        GuestfsHandle g, string directory, List<GuestfsDirectoryEntry> entries, Func<string, bool> counts)
    {
        string[] names = new string[entries.Count], paths = new string[entries.Count];
        for (int i = 0; i < names.Length; i++)
        {
            (names[i], paths[i]) = (entries[i].Name, entries[i].Path);
        }

        entries.Clear();
        foreach ((Xattr[]? attributes, string path) in XattrList.Files(g.Lxattrlist(directory, names)).Zip(paths))
        {
            foreach (Xattr attribute in attributes ?? [])
            {
                if (Matters(attribute.Name) && counts(path))
                {
                    return (path, attribute.Name);
                }
            }
        }

        return null;
    }

    private static (string Path, string Attribute)? OnHost(string localpath)
    {
        IEnumerable<string> files = [localpath];
        if (Directory.Exists(localpath))
        {
            files = files.Concat(new FileSystemEnumerable<string>(
                localpath,
                (ref entry) => entry.ToFullPath(),
                new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = true })
            {
                ShouldRecursePredicate = (ref entry) => entry.IsDirectory && (entry.Attributes & FileAttributes.ReparsePoint) == 0,
            });
        }

        byte[] list = new byte[64 << 10];
        foreach (string file in files)
        {
            nint length;
            fixed (byte* path = HostCalls.ToNative(file), names = list)
            {
                length = Libc.llistxattr(path, names, (nuint)list.Length);
            }

            // The labels of this machine's policy mean nothing in a guest.
            if (length > 0
                && Encoding.UTF8.GetString(list, 0, (int)length)
                    .Split('\0')
                    .FirstOrDefault(name => Matters(name) && name != "security.selinux") is { } attribute)
            {
                return (file, attribute);
            }
        }

        return null;
    }

    // Others are views of what a filesystem has anyway.
    private static bool Matters(string attribute) => attribute.StartsWith("user.", StringComparison.Ordinal)
        || attribute.StartsWith("security.", StringComparison.Ordinal)
        || attribute.StartsWith("trusted.", StringComparison.Ordinal)
        || attribute.StartsWith("system.posix_acl_", StringComparison.Ordinal);
}

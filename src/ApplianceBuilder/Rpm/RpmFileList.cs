using Guestfs.Appliances.Packages;

namespace Guestfs.Appliances.Rpm;

/// <summary>
/// The files of one package, kept as compactly as in its header: a system has hundreds of thousands, and few are asked for.
/// </summary>
internal sealed class RpmFileList
{
    private const int Configuration = 1, Ghost = 64;
    private readonly byte[] names;
    private readonly string[] directories;
    private readonly int[] directoryOfFile;
    private readonly int[] flags;

    /// <summary>Takes the list from a package's header.</summary>
    /// <exception cref="ApplianceException">The header is damaged.</exception>
    internal RpmFileList(RpmHeader header, string path)
    {
        names = header.GetStringBytes(RpmTag.BaseNames, out int count).ToArray();
        directories = header.GetStrings(RpmTag.DirNames);
        directoryOfFile = header.GetInt32s(RpmTag.DirIndexes);
        flags = header.GetInt32s(RpmTag.FileFlags);
        if (directoryOfFile.Length != count || (flags.Length != count && flags.Length != 0)
            || directoryOfFile.Any(index => index < 0 || index >= directories.Length)
            || directories.Any(directory => !directory.StartsWith('/') || !directory.EndsWith('/')))
        {
            throw DatabaseFile.Damaged(path, "a package's list of files is incomplete");
        }
    }

    /// <summary>All files, in the package's order, without the root itself.</summary>
    internal IReadOnlyList<PackageFile> ToFiles()
    {
        List<PackageFile> files = new(directoryOfFile.Length);
        ReadOnlySpan<byte> rest = names;
        for (int i = 0; i < directoryOfFile.Length; i++)
        {
            int end = rest.IndexOf((byte)0);
            string path = directories[directoryOfFile[i]] + LosslessUtf8.GetString(rest[..end]);
            int flag = flags.Length == 0 ? 0 : flags[i];
            rest = rest[(end + 1)..];
            if (path != "/")
            {
                files.Add(new PackageFile(path, path, (flag & Configuration) != 0, (flag & Ghost) != 0));
            }
        }

        return files;
    }

    /// <summary>Whether a path is in the list.</summary>
    internal bool Contains(string path)
    {
        int slash = path.LastIndexOf('/') + 1;
        int directory = directories.AsSpan().IndexOf(path[..slash]);
        if (directory < 0)
        {
            return false;
        }

        byte[] name = LosslessUtf8.GetBytes(path[slash..]);
        ReadOnlySpan<byte> rest = names;
        foreach (int index in directoryOfFile)
        {
            int end = rest.IndexOf((byte)0);
            if (index == directory && rest[..end].SequenceEqual(name))
            {
                return true;
            }

            rest = rest[(end + 1)..];
        }

        return false;
    }
}

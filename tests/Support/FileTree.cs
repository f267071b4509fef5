// What is in a directory, an image or a list of files: looked at by Python, not by the code under test.

namespace Guestfs.TestSupport;

/// <summary>Reads trees of files.</summary>
internal static class FileTree
{
    private const string Script = """
        import hashlib, os, stat, sys
        def show(name, path):
            s = os.lstat(path)
            digest = target = ''
            if stat.S_ISREG(s.st_mode):
                try:
                    digest = hashlib.sha256(open(path, 'rb').read()).hexdigest()
                except PermissionError:
                    digest = 'unreadable'
            if stat.S_ISLNK(s.st_mode):
                target = os.readlink(path)
            if stat.S_ISCHR(s.st_mode) or stat.S_ISBLK(s.st_mode):
                target = '%d:%d' % (os.major(s.st_rdev), os.minor(s.st_rdev))
            xattrs = []
            for x in sorted(os.listxattr(path, follow_symlinks=False)):
                xattrs.append(x + '=' + os.getxattr(path, x, follow_symlinks=False).hex())
            row = [name, oct(stat.S_IFMT(s.st_mode)), oct(stat.S_IMODE(s.st_mode)), '%d:%d' % (s.st_uid, s.st_gid), str(s.st_nlink),
                   str(s.st_ino), target, str(int(s.st_mtime)), digest, ','.join(xattrs)]
            sys.stdout.buffer.write(('\t'.join(row) + '\n').encode('utf-8', 'surrogateescape'))
        top = sys.argv[1]
        if len(sys.argv) > 2:
            for line in sys.stdin:
                name = line.rstrip('\n')
                if os.path.lexists(top + name):
                    show(name, top + name)
        else:
            for folder, folders, files in os.walk(top):
                for name in folders + files:
                    path = os.path.join(folder, name)
                    show(path[len(top):], path)
        """;

    /// <summary>All files below a directory.</summary>
    public static Dictionary<string, TreeFile> Read(string directory) => Parse(Command.Run("python3", "-c", Script, directory));

    /// <summary>Certain files of the host, those that exist.</summary>
    public static Dictionary<string, TreeFile> Read(string top, IEnumerable<string> paths) =>
        Parse(Command.TryRun("python3", ["-c", Script, top == "/" ? "" : top, "-"], input: string.Join('\n', paths)).Output);

    /// <summary>All files of an ext2 image, as the kernel sees them once it is mounted.</summary>
    public static Dictionary<string, TreeFile> ReadImage(string image)
    {
        Command.Require("unshare", "mount", "python3");
        using TempDirectory mountpoint = new();
        CommandResult result = Command.TryRun(
            "unshare", ["-m", "sh", "-c", "mount -o loop,ro -t ext2 \"$1\" \"$2\" && exec python3 -c \"$3\" \"$2\"", "sh", image,
                mountpoint.Path, Script]);
        if (result.ExitCode != 0)
        {
            Command.Missing($"This test needs root rights and a loop device, to mount the image: {result.Error}");
        }

        Dictionary<string, TreeFile> files = Parse(result.Output);
        files.Remove("/lost+found");
        return files;
    }

    private static Dictionary<string, TreeFile> Parse(string output) =>
        output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t'))
            .Select(f => new TreeFile(f[0], f[1], f[2], f[3], f[4], f[5], f[6], f[7], f[8], f[9]))
            .ToDictionary(file => file.Path, StringComparer.Ordinal);
}

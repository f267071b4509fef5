// A root directory with nothing but one program and the libraries it loads: no kernel, no dpkg, no supermin, no shell.
using Guestfs.TestSupport;

namespace Guestfs.Cli.Tests.Published;

/// <summary>A nearly empty root directory.</summary>
internal sealed class EmptyRoot : IDisposable
{
    private readonly TempDirectory directory = new();

    internal EmptyRoot()
    {
        foreach (string name in new[] { "tmp", "proc", "dev", "etc", "out" })
        {
            Directory.CreateDirectory(File(name));
        }

        Command.Run("chmod", "0755", directory.Path);
        Command.Run("chmod", "1777", File("tmp"), File("out"));
    }

    /// <summary>The host's name of a file in it.</summary>
    internal string File(string path) => Path.Combine(directory.Path, path.TrimStart('/'));

    /// <summary>Copies a program with the libraries that it is linked with.</summary>
    internal void AddProgram(string program, string name)
    {
        AddFile(program, "/bin/" + name);
        AddLibrariesOf(program);
    }

    /// <summary>Copies a library that programs load while they run, if the host has it.</summary>
    internal void AddLibrary(string name)
    {
        string? line = Command.Run("ldconfig", "-p")
            .Split('\n')
            .FirstOrDefault(line => line.TrimStart().StartsWith(name + " ", StringComparison.Ordinal));
        if (line?[(line.IndexOf("=> ", StringComparison.Ordinal) + 3)..] is { } path)
        {
            AddFile(path, path);
            AddLibrariesOf(path);
        }
    }

    /// <summary>Copies a file or directory, readable for all.</summary>
    internal void AddFile(string source, string path)
    {
        if (Path.Exists(source))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(File(path))!);
            Command.Run("cp", "-rL", "--no-target-directory", source, File(path));
            Command.Run("chmod", "-R", "a+rX", File(path));
        }
    }

    /// <summary>Runs a program in it as an ordinary user, whom no database knows.</summary>
    internal CommandResult Run(params string[] command) => Command.TryRun(
        "unshare",
        [
            "--mount", "sh", "-c",
            "root=$1; shift; mount --bind /proc \"$root/proc\"; mount --bind /dev \"$root/dev\"; exec env -i HOME=/tmp "
            + "PATH=/bin:/usr/sbin:/usr/bin chroot --userspec=12345:12345 \"$root\" \"$@\"",
            "sh", directory.Path, .. command,
        ]);

    public void Dispose() => directory.Dispose();

    private void AddLibrariesOf(string program)
    {
        foreach (string library in Command.Run("ldd", program)
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Where(word => word.StartsWith('/')))
        {
            AddFile(library, library);
        }
    }
}

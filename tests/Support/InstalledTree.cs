// The C library, installed somewhere for one test: what users of a package have, and nothing of the checkout.
using Xunit;

namespace Guestfs.TestSupport;

/// <summary>A directory in which the C library is installed, with room for what a test makes.</summary>
internal sealed class InstalledTree : IDisposable
{
    private readonly TempDirectory directory = new();
    private readonly string prefix, libdir;

    /// <summary>Installs for a prefix, below a directory of its own as packagers do.</summary>
    internal InstalledTree(string prefix = "/usr/local", string libdir = "lib")
    {
        (this.prefix, this.libdir) = (prefix, libdir);
        Root = directory.File("root");
        CommandResult result = Install(
            $"--libraries={PublishedFacade.Folder}", $"--prefix={prefix}", $"--libdir={libdir}", $"--destdir={Root}");
        Assert.True(result.ExitCode == 0, result.Error);
    }

    /// <summary>What stands for the root directory.</summary>
    internal string Root { get; private set; }

    /// <summary>Where the prefix is.</summary>
    internal string Prefix => Root + prefix;

    /// <summary>Where libraries are.</summary>
    internal string Libraries => Path.Combine(Prefix, libdir);

    /// <summary>A file that a test makes.</summary>
    internal string Scratch(string name) => directory.File(name);

    /// <summary>A copy of the installed examples, to build them in.</summary>
    internal string CopyExamples()
    {
        string copy = Scratch("examples");
        Command.Run("cp", "-r", Path.Combine(Prefix, "share/doc/guestfs-facade/examples"), copy);
        return copy;
    }

    /// <summary>Moves everything.</summary>
    internal void Move()
    {
        string other = directory.File("elsewhere");
        Directory.Move(Root, other);
        Root = other;
    }

    /// <summary>Runs a program that finds the installed library as pkg-config, CMake and the dynamic linker do.</summary>
    internal CommandResult Run(string program, string[] arguments, string? directory = null, bool findLibrary = true) => Command.TryRun(
        program,
        arguments,
        new Dictionary<string, string?>
        {
            ["PKG_CONFIG_SYSROOT_DIR"] = Root,
            ["PKG_CONFIG_LIBDIR"] = Path.Combine(Libraries, "pkgconfig"),
            ["CMAKE_PREFIX_PATH"] = Prefix,
            ["LD_LIBRARY_PATH"] = findLibrary ? Libraries : null,
            ["LIBGUESTFS_BACKEND"] = Environment.GetEnvironmentVariable("LIBGUESTFS_BACKEND") ?? "direct",
        },
        directory);

    /// <summary>The same, of a program that must succeed; returns what it printed.</summary>
    internal string Must(string program, string[] arguments, string? directory = null, bool findLibrary = true)
    {
        CommandResult result = Run(program, arguments, directory, findLibrary);
        Assert.True(result.ExitCode == 0,
            $"{program} {string.Join(' ', arguments)} ended with {result.ExitCode}:\n{result.Error}\n{result.Output}");
        return result.Output;
    }

    /// <summary>Runs the installer.</summary>
    internal static CommandResult Install(params string[] arguments) =>
        Command.TryRun("bash", [Repository.File("native", "install", "install.sh"), .. arguments]);

    /// <inheritdoc/>
    public void Dispose() => directory.Dispose();
}

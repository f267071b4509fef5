// Compiles a program of the directory c with gcc against the header, and runs it.
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Exports.Tests;

/// <summary>A C program that uses the library as its users do.</summary>
internal sealed class CProgram
{
    private readonly string file;
    private readonly PublishedLibrary library;

    /// <summary>Compiles it. Its warnings are errors.</summary>
    /// <param name="name">Its name in the directory c, without the suffix.</param>
    /// <param name="library">What it is linked with.</param>
    /// <param name="flags">More for the compiler.</param>
    internal CProgram(string name, PublishedLibrary library, params string[] flags)
    {
        this.library = library;
        file = Path.Combine(library.Folder, name);
        Command.Run(
            "gcc",
            [
                "-std=gnu11", "-g", "-O1", "-Wall", "-Wextra", "-Werror", "-pthread", "-I", Header.Folder, "-o", file,
                Repository.File("tests", "Exports.Tests", "c", name + ".c"), library.File, $"-Wl,-rpath,{library.Folder}", .. flags,
            ]);
    }

    /// <summary>The program.</summary>
    internal string File => file;

    /// <summary>Runs it; it prints what is wrong and then exits with 1.</summary>
    internal string Run(params string[] arguments) => Run(new Dictionary<string, string?>(), arguments).Output;

    /// <summary>Runs it with more in its environment.</summary>
    internal CommandResult Run(IReadOnlyDictionary<string, string?> environment, params string[] arguments) =>
        RunIn([], environment, arguments);

    /// <summary>Runs it by another program.</summary>
    /// <param name="prefix">That program and its arguments.</param>
    /// <param name="environment">What is more in the environment.</param>
    /// <param name="arguments">The arguments of this one.</param>
    internal CommandResult RunIn(
        IReadOnlyList<string> prefix, IReadOnlyDictionary<string, string?> environment, params string[] arguments)
    {
        CommandResult result = TryRun([.. prefix, file, .. arguments], environment);
        Assert.True(result.ExitCode == 0,
            $"{Path.GetFileName(file)} {string.Join(' ', arguments)} exited {result.ExitCode}:\n{result.Output}{result.Error}");
        return result;
    }

    /// <summary>Lets it run with a group that its caller is not in, which needs root; the kernel then tells it not to trust him.</summary>
    internal void GiveGroup(string group)
    {
        if (Environment.UserName != "root")
        {
            Command.Missing("Only root can make a setgid program of another group.");
        }

        Command.Run("chgrp", group, file);
        Command.Run("chmod", "g+s", file);
    }

    /// <summary>Runs it under valgrind, which must have nothing to say.</summary>
    internal string RunUnderValgrind(params string[] arguments)
    {
        Command.Require("valgrind");
        // Threads that the runtime keeps are not leaks, but their stacks look like it: only what is surely lost counts.
        CommandResult result = TryRun(
            ["valgrind", "-q", "--error-exitcode=9", "--leak-check=full", "--show-leak-kinds=definite", "--errors-for-leak-kinds=definite",
                file, .. arguments]);
        Assert.True(result.ExitCode == 0,
            $"{Path.GetFileName(file)} {string.Join(' ', arguments)} exited {result.ExitCode} under valgrind:\n"
            + $"{result.Output}{result.Error}");
        return result.Output;
    }

    // A time limit: what these programs look for are deadlocks too.
    private CommandResult TryRun(string[] command, IReadOnlyDictionary<string, string?>? environment = null) => Command.TryRun(
        "timeout",
        ["--signal=ABRT", "300", .. command],
        new Dictionary<string, string?>(environment ?? new Dictionary<string, string?>())
        {
            ["LIBGUESTFS_BACKEND"] = Environment.GetEnvironmentVariable("LIBGUESTFS_BACKEND") ?? "direct",
            ["FACADE_LIBRARY"] = library.File,
        });
}

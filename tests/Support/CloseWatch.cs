// Compiles the libguestfs that tells of calls cancelled too late.
namespace Guestfs.TestSupport;

/// <summary>c/closewatch.c.</summary>
public static class CloseWatch
{
    /// <summary>Makes it.</summary>
    /// <returns>The environment of a process that is to use it.</returns>
    public static IReadOnlyDictionary<string, string?> Compile(TempDirectory directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        string library = directory.File("closewatch.so");
        Command.Run(
            "gcc", "-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o", library,
            Repository.File("tests", "Support", "c", "closewatch.c"),
            "-Wl,--no-as-needed", "-lguestfs", "-ldl");
        return new Dictionary<string, string?> { ["GUESTFS_LIBRARY"] = library };
    }
}

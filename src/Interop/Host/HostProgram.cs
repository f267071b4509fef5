// Where a program of the host is. System.Diagnostics.Process and posix_spawnp(3) look in other places too: the current
// directory, which anybody may have filled, and the folder of this program.
namespace Guestfs.Interop;

/// <summary>Finds programs in the bundle in use and over the absolute entries of PATH, and nowhere else.</summary>
internal static class HostProgram
{
    // The C library's, where PATH is not set at all.
    private const string UsualPath = "/bin:/usr/bin";

    private const UnixFileMode Execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>The full name of a program; null when there is none that can be executed.</summary>
    /// <param name="program">Its name. One with a slash is taken as it is.</param>
    /// <param name="path">PATH.</param>
    internal static string? Find(string program, string? path) => program.Contains('/', StringComparison.Ordinal)
        ? IsExecutable(program) ? Path.GetFullPath(program) : null
        : GuestfsBundle.Find($"{GuestfsBundle.Programs}/{program}")
            ?? Entries(path).Select(directory => Path.Combine(directory, program)).FirstOrDefault(IsExecutable);

    /// <summary>PATH for a child, which may look for programs too.</summary>
    internal static string AbsoluteOnly(string? path) => string.Join(':', Entries(path));

    /// <summary>Whether PATH leads into the current directory.</summary>
    internal static bool IsRelative(string? path) => path is not null && path.Split(':').Any(entry => !entry.StartsWith('/'));

    // An empty entry is the current directory.
    private static IEnumerable<string> Entries(string? path) => (path ?? UsualPath).Split(':').Where(entry => entry.StartsWith('/'));

    private static bool IsExecutable(string file) =>
        File.Exists(file) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(file) & Execute) != 0);
}

// The program that confines itself and then becomes qemu: native/launcher. libguestfs remembers what a qemu can do by the size and the
// time of its file, so each qemu has a launcher that looks like it in both.
using System.Collections.Concurrent;
using System.Runtime.InteropServices;

using Guestfs.Interop;

namespace Guestfs;

/// <summary>The launchers of this user, in his private directory.</summary>
internal static class Launcher
{
    private const string Prefix = "launcher-", Greeting = "guestfs launcher: ";
    private const int Attempts = 100;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly ConcurrentDictionary<string, bool> Known = new(StringComparer.Ordinal);

    /// <summary>Whether there is one for this processor.</summary>
    internal static bool Exists => !Program.IsEmpty;

    /// <summary>Tells one version of the program from others.</summary>
    internal static string Version => RecordFile.NameOf(Program);

    private static ReadOnlySpan<byte> Program => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => LauncherProgram.X64,
        Architecture.Arm64 => LauncherProgram.Arm64,
        _ => [],
    };

    /// <summary>The launcher for a qemu, made if need be; null where programs cannot be put there and run.</summary>
    /// <param name="directory">A directory of this user that is closed to others.</param>
    /// <param name="qemu">The qemu.</param>
    internal static string? Find(string directory, FileInfo qemu)
    {
        FileInfo target = RecordFile.Target(qemu);
        string file = Path.Combine(
            directory,
            Prefix + RecordFile.NameOf($"{RecordFile.Describe(target)} {Version}"));

        // What one program of the user may run, another one, which is confined itself, may not.
        if (File.Exists(file))
        {
            return Known.GetOrAdd(file, Runs) ? file : null;
        }

        return TryWrite(file, target) ? file : null;
    }

    /// <summary>Its rules, as it reads them.</summary>
    internal static byte[] Encode(IEnumerable<string> rules) => LosslessUtf8.GetBytes(string.Concat(rules.Select(rule => rule + '\0')));

    /// <summary>Writes the launcher for a qemu into a file.</summary>
    /// <param name="file">The file; one that is there is replaced.</param>
    /// <param name="target">The qemu, no link.</param>
    /// <returns>Whether it is there and can be run.</returns>
    internal static bool TryWrite(string file, FileInfo target)
    {
        string aside = $"{file}.{Guid.NewGuid():N}";
        try
        {
            using (FileStream written = new(aside, FileMode.CreateNew, FileAccess.Write))
            {
                written.Write(Program);
                written.SetLength(Math.Max(target.Length, Program.Length));
            }

            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(aside, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            File.SetLastWriteTimeUtc(aside, target.LastWriteTimeUtc);
            if (!Runs(aside))
            {
                return false;
            }

            File.Move(aside, file, overwrite: true);
            Known[file] = true;
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
        finally
        {
            File.Delete(aside);
        }
    }

    // A program of another thread that starts at this moment may still hold the file open to write, and until then it cannot be run.
    private static bool Runs(string file)
    {
        for (int i = 0; i < Attempts; i++)
        {
            using Subprocess? run = Subprocess.TryStart([file], []);
            if (run is not null)
            {
                while (run.Read(Limit))
                {
                }

                return run.Output.StartsWith(Greeting, StringComparison.Ordinal);
            }

            Thread.Sleep(1);
        }

        return false;
    }
}

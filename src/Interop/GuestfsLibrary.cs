// Finds and loads libguestfs.so.0, and says what to do when it is not there.
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Guestfs.Interop;

/// <summary>
/// Which libguestfs the bindings use. It is looked for once, at the first call: <see cref="ExplicitPath"/>, else the
/// environment variable <c>GUESTFS_LIBRARY</c> (a file), else <c>GUESTFS_BUNDLE</c> (a bundle's directory), else the bundle
/// <c>guestfs-bundle</c> in the application's folder or in the user's data directory, else <c>libguestfs.so.0</c> in the
/// application's folder, else <c>libguestfs.so.0</c> wherever the system's dynamic linker finds it. The variables are ignored
/// in setuid programs and others with more rights than their caller. <c>gfs bundle build</c> makes bundles: libguestfs with
/// all that it loads and runs.
/// </summary>
public static class GuestfsLibrary
{
    /// <summary>The name the bindings import from; it never reaches the dynamic linker.</summary>
    internal const string ImportName = "libguestfs";

    /// <summary>The name of the environment variable that names the library file.</summary>
    public const string EnvironmentVariable = "GUESTFS_LIBRARY";

    /// <summary>The name of the environment variable that names the directory of a bundle.</summary>
    public const string BundleVariable = "GUESTFS_BUNDLE";

    /// <summary>The run-time name (SONAME) of the library.</summary>
    public const string FileName = "libguestfs.so.0";

    // Which every libguestfs has that the bindings can be used with.
    internal const string Creation = "guestfs_create_flags";

    /// <summary>What messages call <see cref="ExplicitPath"/>; another API that is built on this one has another name for it.</summary>
    internal static string? ChoiceName { get; set; } = $"{nameof(GuestfsLibrary)}.{nameof(ExplicitPath)}";

    private static readonly Lock Gate = new();
    private static string? explicitPath;
    private static nint handle;
    private static string? loadedFrom;

    /// <summary>The library file or the directory of the bundle to use, or null to look for it.</summary>
    /// <exception cref="InvalidOperationException">Set after the library was loaded.</exception>
    public static string? ExplicitPath
    {
        get
        {
            lock (Gate)
            {
                return explicitPath;
            }
        }

        set
        {
            lock (Gate)
            {
                if (handle != 0)
                {
                    throw new InvalidOperationException(
                        $"{loadedFrom} is already loaded. Set {ChoiceName} before the first call into libguestfs.");
                }

                explicitPath = value;
            }
        }
    }

    /// <summary>The file name the library was loaded by, or null before the first call.</summary>
    public static string? LoadedFrom
    {
        get
        {
            lock (Gate)
            {
                return loadedFrom;
            }
        }
    }

    /// <summary>The directory of the bundle that the library was loaded out of, or null.</summary>
    public static string? Bundle => GuestfsBundle.Directory;

    /// <summary>Loads the library if that has not happened yet.</summary>
    /// <returns>The handle of the dynamic linker; it stays loaded for the life of the process.</returns>
    /// <exception cref="DllNotFoundException">It is not there; the message says where it was looked for and how to get it.</exception>
    public static nint Load()
    {
        lock (Gate)
        {
            return handle != 0 ? handle : handle = ChosenBundle(out string reason) is { } bundle
                ? GuestfsBundle.Load(bundle, reason, out loadedFrom)
                : LoadFirst(Candidates());
        }
    }

    /// <summary>Whether the loaded library has a symbol, for example <c>guestfs_setfiles</c>.</summary>
    /// <exception cref="DllNotFoundException">The library is not there.</exception>
    public static bool HasSymbol(string name) => NativeLibrary.TryGetExport(Load(), name, out _);

    /// <summary>Makes imports of <c>libguestfs</c> in another assembly use the same library.</summary>
    /// <remarks>For an assembly with P/Invoke declarations of its own. Once an assembly: .NET refuses a second resolver.</remarks>
    public static void AddImporter(Assembly assembly) =>
        NativeLibrary.SetDllImportResolver(assembly, static (name, _, _) => name == ImportName ? Reference() : 0);

    // A static constructor of LibGuestfs would do too, but would add a check to every call.
    [ModuleInitializer]
    [SuppressMessage(
        "Usage",
        "CA2255:The 'ModuleInitializer' attribute should not be used in libraries",
        Justification = "The resolver must be there before the first import, and costs nothing until then.")]
    internal static void Initialize() => AddImporter(typeof(GuestfsLibrary).Assembly);

    // A reference of its own for each answer of the resolver: when two threads ask for one import at once, NativeAOT frees one of them.
    private static nint Reference()
    {
        Load();
        return NativeLibrary.Load(loadedFrom!);
    }

    // One that is there is the only candidate, too: a bundle that cannot be used is a mistake.
    private static string? ChosenBundle(out string reason)
    {
        reason = ChoiceName ?? "";
        if (explicitPath is { Length: > 0 })
        {
            // Not by statx, which the C library of another host may lack: that is still to be told.
            return Directory.Exists(explicitPath) ? explicitPath : null;
        }

        if (HostEnvironment.Variable(EnvironmentVariable) is { Length: > 0 })
        {
            return null;
        }

        reason = $"environment variable {BundleVariable}";
        if (HostEnvironment.Variable(BundleVariable) is { Length: > 0 } chosen)
        {
            return chosen;
        }

        reason = "beside the program";
        string beside = Path.Combine(AppContext.BaseDirectory, GuestfsBundle.UsualName);
        if (GuestfsBundle.Is(beside))
        {
            return beside;
        }

        reason = "the user's data directory";
        return GuestfsBundle.InUsersData() is { } installed && GuestfsBundle.Is(installed) ? installed : null;
    }

    // An explicit choice is the only candidate: falling back to another library would hide the mistake.
    private static (string File, string Reason)[] Candidates()
    {
        if (explicitPath is { Length: > 0 })
        {
            return [(explicitPath, ChoiceName ?? "")];
        }

        if (HostEnvironment.Variable(EnvironmentVariable) is { Length: > 0 } file)
        {
            return [(file, $"environment variable {EnvironmentVariable}")];
        }

        return
        [
            (Path.Combine(AppContext.BaseDirectory, FileName), "the application's folder"),
            (FileName, "the dynamic linker's search path"),
        ];
    }

    private static nint LoadFirst((string File, string Reason)[] candidates)
    {
        string tried = "";
        foreach ((string file, string reason) in candidates)
        {
            try
            {
                // The same file for a later reference, wherever the current directory is by then.
                string place = file.Contains('/', StringComparison.Ordinal) ? Path.GetFullPath(file) : file;
                nint library = NativeLibrary.Load(place);
                if (NativeLibrary.TryGetExport(library, Creation, out _))
                {
                    loadedFrom = place;
                    return library;
                }

                NativeLibrary.Free(library);
                tried += $"\n  {file} ({reason}): this is not libguestfs: it has no function {Creation}";
            }
            catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
            {
                tried += $"\n  {file} ({reason}): {Detail(file, e)}";
            }
        }

        throw new DllNotFoundException(
            $"{FileName}, the library of libguestfs, could not be loaded. Looked for:{tried}\n" +
            "Install it (Debian and Ubuntu: apt install libguestfs0; on newer releases libguestfs0t64; " +
            "Fedora: dnf install libguestfs; Arch: pacman -S libguestfs), " +
            $"or name the file {(ChoiceName is null ? "" : $"with {ChoiceName} or ")}in the environment variable {EnvironmentVariable}; " +
            "or bring it along: 'gfs bundle build' makes a directory of all that it takes.");
    }

    // The exception's last line is the dynamic linker's, "FILE: REASON"; those before it are advice that does not apply here.
    private static string Detail(string file, Exception e)
    {
        if (file.Contains('/', StringComparison.Ordinal) && !File.Exists(file))
        {
            return "no such file";
        }

        string message = e.Message.TrimEnd();
        string reason = message[(message.LastIndexOf('\n') + 1)..];
        return reason.StartsWith(file + ": ", StringComparison.Ordinal) ? reason[(file.Length + 2)..] : reason;
    }
}

// A folder that has libguestfs with all that it loads and runs, made by 'gfs bundle build': docs/design/bundle.md.
using System.Globalization;
using System.Runtime.InteropServices;

using Microsoft.Win32.SafeHandles;

namespace Guestfs.Interop;

/// <summary>The bundle that this process uses, if any. What of it is loaded stays so, and takes no other library's place.</summary>
internal static unsafe class GuestfsBundle
{
    /// <summary>The file with what a process must know: lines of a word and a value. Libraries come after those they need.</summary>
    internal const string ListName = "load";

    /// <summary>What the list begins with.</summary>
    internal const string Format = "guestfs-bundle 1";

    /// <summary>The words of the other lines.</summary>
    internal const string ProcessorWord = "processor", GlibcWord = "glibc", LibraryWord = "library";

    /// <summary>The parts of a bundle.</summary>
    internal const string Libraries = "lib", Programs = "bin", Appliance = "appliance", Loader = "loader/ld.so";

    /// <summary>The variable of the library that <see cref="Programs"/> are named in, with a slash at the end.</summary>
    internal const string ProgramsVariable = "gfs_bundle_programs";

    private const int RTLD_LAZY = 1, RTLD_DEEPBIND = 8, MaxPath = 4096;

    /// <summary>Its directory, by its full name; null where the host's libguestfs is used.</summary>
    internal static string? Directory { get; private set; }

    /// <summary>The processor of this process, as <c>uname -m</c> has it.</summary>
    internal static string Processor { get; } =
        RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "aarch64" : "x86_64";

    /// <summary>A file of the bundle in use; null where there is no bundle, or none of that name in it.</summary>
    internal static string? Find(string name) =>
        Directory is { } directory && Path.Combine(directory, name) is var path && Path.Exists(path) ? path : null;

    /// <summary>Its qemu.</summary>
    internal static string? Hypervisor => Find($"{Programs}/qemu-system-{Processor}");

    /// <summary>Whether a file is one of the bundle in use.</summary>
    internal static bool Has(string path) => Directory is { } directory && path.StartsWith(directory + '/', StringComparison.Ordinal);

    /// <summary>Where a bundle is looked for that nobody has named.</summary>
    internal static IEnumerable<(string Directory, string Reason)> UsualPlaces()
    {
        const string name = "guestfs-bundle";
        yield return (Path.Combine(AppContext.BaseDirectory, name), "beside the program");
        string? data = HostEnvironment.Variable("XDG_DATA_HOME");
        string? home = HostEnvironment.Variable("HOME");
        data = Path.IsPathRooted(data) ? data : Path.IsPathRooted(home) ? Path.Combine(home, ".local/share") : null;
        if (data is not null)
        {
            yield return (Path.Combine(data, name), "the user's data directory");
        }
    }

    /// <summary>Loads the library of a bundle.</summary>
    /// <returns>The dynamic linker's handle, and the file.</returns>
    /// <exception cref="DllNotFoundException">That cannot be; the message says why.</exception>
    internal static (nint Handle, string File) Load(string directory, string reason)
    {
        try
        {
            directory = RealName(directory);
            string[] list = ReadList(directory);
            CheckHost(list);
            string[] libraries = [.. ValuesOf(list, LibraryWord).Select(name => Path.Combine(directory, Libraries, name))];
            foreach (string path in libraries)
            {
                CheckTrust(path, isDirectory: false);
            }

            nint handle = LoadAll(libraries, directory);
            Directory = directory;
            return (handle, libraries[^1]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new DllNotFoundException($"The bundle {directory} ({reason}) cannot be used: {e.Message}", e);
        }
    }

    // Programs are known by their real names.
    private static string RealName(string directory)
    {
        using SafeFileHandle open = HostCalls.TryOpen(directory, Libc.O_RDONLY | Libc.O_DIRECTORY, out int error)
            ?? throw new IOException($"{Marshal.GetPInvokeErrorMessage(error)}.", error);
        return HostCalls.TryReadLink($"/proc/self/fd/{open.DangerousGetHandle()}", out _) ?? Path.GetFullPath(directory);
    }

    private static string[] ReadList(string directory)
    {
        foreach (string part in (string[])[directory, .. new[] { Libraries, Programs, "loader", "libexec" }.Select(
            name => Path.Combine(directory, name))])
        {
            CheckTrust(part, isDirectory: true);
        }

        // The separators of the loader's --library-path.
        if (directory.AsSpan().ContainsAny(':', ';'))
        {
            throw new InvalidDataException("its name has a colon or semicolon in it. Give it another name.");
        }

        string path = Path.Combine(directory, ListName);
        CheckTrust(path, isDirectory: false);
        string[] list = File.ReadAllLines(path);
        return list is [Format, ..] && ValuesOf(list, LibraryWord).Any()
            ? list
            : throw new InvalidDataException($"{path} does not begin with '{Format}'. Use the version of this library that made it.");
    }

    private static IEnumerable<string> ValuesOf(string[] list, string word) =>
        list.Where(line => line.StartsWith(word + ' ', StringComparison.Ordinal)).Select(line => line[(word.Length + 1)..]);

    private static void CheckHost(string[] list)
    {
        string processor = ValuesOf(list, ProcessorWord).FirstOrDefault("");
        if (processor != Processor)
        {
            throw new InvalidDataException($"it is for {processor}, but this process runs on {Processor}.");
        }

        string floor = ValuesOf(list, GlibcWord).FirstOrDefault("");
        if (!NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), "gnu_get_libc_version", out nint function))
        {
            throw new InvalidDataException(
                $"it needs glibc {floor} or later, and this process has another C library (musl, as on Alpine Linux?).");
        }

        string present = Marshal.PtrToStringUTF8((nint)((delegate* unmanaged<byte*>)function)()) ?? "";
        if (!Version.TryParse(floor, out Version? needed) || !Version.TryParse(present, out Version? found) || found < needed)
        {
            throw new InvalidDataException(
                $"it needs glibc {floor} or later, and this host has glibc {present}. Use a bundle that was built from an older release.");
        }
    }

    // Code of it will run with the rights of this user.
    private static void CheckTrust(string path, bool isDirectory)
    {
        int error = HostCalls.Status(path, followLink: true, out statx status);
        if (error != 0)
        {
            throw new IOException($"{path}: {Marshal.GetPInvokeErrorMessage(error)}.", error);
        }

        const int others = Libc.S_IWGRP | Libc.S_IWOTH;
        string? fault = (status.stx_mode & Libc.S_IFMT) != (isDirectory ? Libc.S_IFDIR : Libc.S_IFREG)
            ? isDirectory ? "is not a directory" : "is not a file"
            : status.stx_uid != 0 && status.stx_uid != Libc.geteuid()
            ? string.Create(CultureInfo.InvariantCulture, $"belongs to user {status.stx_uid}, who is neither you nor root")
            : (status.stx_mode & others) != 0 ? "can be written to by others: run 'chmod -R go-w' on the bundle"
            : null;
        if (fault is not null)
        {
            throw new InvalidDataException($"{path} {fault}.");
        }
    }

    private static nint LoadAll(string[] libraries, string directory)
    {
        // Every .NET process has it, whichever library has it: glibc's libdl before 2.34.
        nint main = NativeLibrary.GetMainProgramHandle();
        nint dlopen = NativeLibrary.GetExport(main, "dlopen");
        int flags = RTLD_LAZY | (HasOwnAllocator(main) ? 0 : RTLD_DEEPBIND);
        nint handle = 0;
        foreach (string library in libraries)
        {
            byte[] name = [.. LosslessUtf8.GetBytes(library), 0];
            fixed (byte* path = name)
            {
                handle = ((delegate* unmanaged<byte*, int, nint>)dlopen)(path, flags);
            }

            if (handle == 0)
            {
                byte* error = ((delegate* unmanaged<byte*>)NativeLibrary.GetExport(main, "dlerror"))();
                throw new InvalidDataException($"{Marshal.PtrToStringUTF8((nint)error)}.");
            }

            if (NativeLibrary.TryGetExport(handle, ProgramsVariable, out nint variable))
            {
                byte[] programs = [.. LosslessUtf8.GetBytes(Path.Combine(directory, Programs)), (byte)'/', 0];
                if (programs.Length > MaxPath)
                {
                    throw new InvalidDataException("its name is too long.");
                }

                programs.CopyTo(new Span<byte>((byte*)variable, MaxPath));
            }
        }

        return handle;
    }

    // What one of them allocates, the other must not free: then a bundle's libraries take malloc from where everybody has it, and with it
    // all else that the program itself exports.
    private static bool HasOwnAllocator(nint main) =>
        NativeLibrary.TryGetExport(main, "malloc", out nint used)
        && NativeLibrary.TryLoad("libc.so.6", out nint libc)
        && NativeLibrary.TryGetExport(libc, "malloc", out nint own)
        && used != own;
}

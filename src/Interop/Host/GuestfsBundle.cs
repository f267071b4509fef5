// A folder that has libguestfs with all that it loads and runs, made by 'gfs bundle build': docs/design/bundle.md. Every program has this
// code, whether it uses a bundle or not: it does without what would be most of a small one (streams, LINQ, formatted numbers).
using System.Runtime.InteropServices;

namespace Guestfs.Interop;

/// <summary>The bundle that this process uses, if any. What of it is loaded stays so, and takes no other library's place.</summary>
internal static unsafe class GuestfsBundle
{
    /// <summary>The file with what a process must know: lines of a word and a value. Libraries come after those they need.</summary>
    internal const string ListName = "load";

    /// <summary>What the list begins with.</summary>
    internal const string Format = "guestfs-bundle 1";

    /// <summary>The words of the other lines.</summary>
    internal const string ProcessorWord = "processor", GlibcWord = "glibc", LibraryWord = "library", FileWord = "file";

    /// <summary>The parts of a bundle.</summary>
    internal const string Libraries = "lib", Programs = "bin", Appliance = "appliance", Loader = "loader/ld.so";

    /// <summary>The name of a bundle that is looked for.</summary>
    internal const string UsualName = "guestfs-bundle";

    /// <summary>The variable of the library that <see cref="Programs"/> are named in, with a slash at the end.</summary>
    internal const string ProgramsVariable = "gfs_bundle_programs";

    private const int RTLD_LAZY = 1, RTLD_DEEPBIND = 8, MaxPath = 4096, MaxList = 1 << 16;

    /// <summary>Its directory, by its full name; null where the host's libguestfs is used.</summary>
    internal static string? Directory { get; private set; }

    /// <summary>The processor of this process, as <c>uname -m</c> has it.</summary>
    internal static string Processor { get; } =
        RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "aarch64" : "x86_64";

    /// <summary>A file of the bundle in use; null where there is no bundle, or none of that name in it.</summary>
    internal static string? Find(string name) =>
        Directory is { } directory && $"{directory}/{name}" is var path && HostCalls.Exists(path) ? path : null;

    /// <summary>Its qemu.</summary>
    internal static string? Hypervisor => Find($"{Programs}/qemu-system-{Processor}");

    /// <summary>Whether a file is one of the bundle in use.</summary>
    internal static bool Has(string path) => Directory is { } directory && path.StartsWith(directory + '/', StringComparison.Ordinal);

    /// <summary>Whether a directory is a bundle.</summary>
    internal static bool Is(string directory) => HostCalls.Exists($"{directory}/{ListName}");

    /// <summary>The place in the user's data directory where a bundle is looked for; null where there is no such directory.</summary>
    internal static string? InUsersData() =>
        HostEnvironment.Variable("XDG_DATA_HOME") is ['/', ..] and { } data ? $"{data}/{UsualName}"
            : HostEnvironment.Variable("HOME") is ['/', ..] and { } home ? $"{home}/.local/share/{UsualName}"
            : null;

    /// <summary>Loads the library of a bundle.</summary>
    /// <returns>The dynamic linker's handle.</returns>
    /// <exception cref="DllNotFoundException">That cannot be; the message says why.</exception>
    internal static nint Load(string directory, string reason, out string file)
    {
        try
        {
            // Before anything is asked of it that another C library may lack.
            nint version = Function("gnu_get_libc_version");
            directory = RealName(directory);
            List<string> libraries = ReadList(directory, Marshal.PtrToStringUTF8((nint)((delegate* unmanaged<byte*>)version)()) ?? "");
            nint handle = LoadAll(libraries, directory);
            Directory = directory;
            file = libraries[^1];
            return handle;
        }
        catch (InvalidDataException e)
        {
            throw new DllNotFoundException($"The bundle {directory} ({reason}) cannot be used: {e.Message}", e);
        }
    }

    // Programs are known by their real names.
    private static string RealName(string directory)
    {
        byte* resolved = stackalloc byte[MaxPath + 1];
        nint function = Function("realpath");
        fixed (byte* name = HostCalls.ToNative(directory))
        {
            byte* found = ((delegate* unmanaged<byte*, byte*, byte*>)function)(name, resolved);
            return found is not null
                ? LosslessUtf8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(found))
                : throw new InvalidDataException("there is no such directory that you may enter.");
        }
    }

    // The libraries, by their full names.
    private static List<string> ReadList(string directory, string glibc)
    {
        foreach (string part in (string[])["", "/lib", "/bin", "/loader", "/libexec", "/appliance"])
        {
            CheckTrust(directory + part, isDirectory: true);
        }

        // Who may rename a directory above it could put another in its place after all was checked.
        for (int end = directory.LastIndexOf('/'); end > 0; end = directory.LastIndexOf('/', end - 1))
        {
            CheckTrust(directory[..end], isDirectory: true, isAbove: true);
        }

        // The separators of the loader's --library-path, and of qemu's options.
        if (directory.AsSpan().ContainsAny(':', ';', ','))
        {
            throw new InvalidDataException("its name has a colon, semicolon or comma in it. Give it another name.");
        }

        string path = $"{directory}/{ListName}";
        CheckTrust(path, isDirectory: false);
        string rest = ReadText(path);
        List<string> libraries = [];
        string? processor = null, floor = null;
        bool hasFormat = TakeLine(ref rest) == Format;
        while (hasFormat && TakeLine(ref rest) is { } line)
        {
            processor ??= ValueOf(line, ProcessorWord);
            floor ??= ValueOf(line, GlibcWord);
            if (ValueOf(line, LibraryWord) is { } library)
            {
                libraries.Add($"{directory}/{Libraries}/{library}");
                CheckTrust(libraries[^1], isDirectory: false);
            }
            else if (ValueOf(line, FileWord) is { } file)
            {
                file = $"{directory}/{file}";
                for (int end = directory.Length; end > 0;)
                {
                    end = file.IndexOf('/', end + 1);
                    CheckTrust(end < 0 ? file : file[..end], isDirectory: end > 0);
                }
            }
        }

        if (libraries.Count == 0 || processor is null || floor is null)
        {
            throw new InvalidDataException($"{path} does not begin with '{Format}'. Use the version of this library that made it.");
        }

        if (processor != Processor)
        {
            throw new InvalidDataException($"it is for {processor}, but this process runs on {Processor}.");
        }

        CheckGlibc(floor, glibc);
        string hypervisor = $"{directory}/{Programs}/qemu-system-{Processor}";
        if (HostCalls.Access(hypervisor, Libc.X_OK) != 0)
        {
            throw new InvalidDataException(
                $"{hypervisor} may not be executed: is it on a filesystem that is mounted with 'noexec', or did a copy lose the modes?");
        }

        foreach (string library in libraries)
        {
            CheckWhole(library);
        }

        return libraries;
    }

    private static string? TakeLine(ref string text)
    {
        int end = text.IndexOf('\n', StringComparison.Ordinal);
        string? line = end < 0 ? null : text[..end];
        text = end < 0 ? "" : text[(end + 1)..];
        return line;
    }

    private static string? ValueOf(string line, string word) =>
        line.StartsWith(word, StringComparison.Ordinal) && line.Length > word.Length && line[word.Length] == ' '
            ? line[(word.Length + 1)..]
            : null;

    private static string ReadText(string path)
    {
        byte[] bytes = new byte[MaxList];
        int length = Read(path, bytes);
        return length >= 0 && length < MaxList
            ? LosslessUtf8.GetString(bytes.AsSpan(0, length))
            : throw new InvalidDataException($"{path} cannot be read, or is too long for what it is.");
    }

    // The beginning of a file, as far as there is room for it; -1 where it cannot be read.
    private static int Read(string path, Span<byte> bytes)
    {
        fixed (byte* name = HostCalls.ToNative(path), buffer = bytes)
        {
            int file = Libc.openat(Libc.AT_FDCWD, name, Libc.O_RDONLY | Libc.O_CLOEXEC, 0), length = 0;
            for (nint count = 1; file >= 0 && count > 0 && length < bytes.Length; length += (int)count)
            {
                count = Math.Max(Libc.read(file, buffer + length, (nuint)(bytes.Length - length)), 0);
            }

            return file >= 0 && Libc.close(file) == 0 ? length : -1;
        }
    }

    private static void CheckGlibc(string floor, string present)
    {
        if (Order(floor) == 0 || Order(present) < Order(floor))
        {
            throw new InvalidDataException(
                $"it needs glibc {floor} or later, and this host has glibc {present}. Use a bundle that was built from an older release.");
        }
    }

    // Of two numbers with a point between them, and perhaps more after another point; 0 if that is not what it is.
    private static int Order(string version)
    {
        const int MaxNumber = 9999;
        int major = 0, number = 0;
        foreach (char c in version)
        {
            if (char.IsAsciiDigit(c))
            {
                number = Math.Min((number * 10) + (c - '0'), MaxNumber);
            }
            else if (c != '.')
            {
                return 0;
            }
            else if (major == 0)
            {
                (major, number) = (number, 0);
            }
            else
            {
                break;
            }
        }

        return (major << 16) + number;
    }

    // Code of it will run with the rights of this user. Directories above it may be the user's own group's, which has his number on many
    // systems, and root's; have the sticky bit; or belong to a user whom this user namespace does not know, which root then is, too.
    private static void CheckTrust(string path, bool isDirectory, bool isAbove = false)
    {
        const uint unknown = 65534;
        if (HostCalls.Status(path, followLink: true, out statx status) != 0)
        {
            throw new InvalidDataException($"{path} is not there, or may not be looked at.");
        }

        uint user = Libc.geteuid();
        int others = isAbove && (status.stx_mode & Libc.S_ISVTX) != 0 ? 0
            : isAbove && (status.stx_gid == 0 || status.stx_gid == user) ? Libc.S_IWOTH
            : Libc.S_IWGRP | Libc.S_IWOTH;
        string? fault = (status.stx_mode & Libc.S_IFMT) != (isDirectory ? Libc.S_IFDIR : Libc.S_IFREG)
            ? isDirectory ? "is not a directory" : "is not a file"
            : status.stx_uid != 0 && status.stx_uid != user && !(isAbove && status.stx_uid == unknown)
            ? "belongs to a user who is neither you nor root"
            : (status.stx_mode & others) != 0 ? "can be written to by others: run 'chmod -R go-w' on the bundle, or move it"
            : null;
        if (fault is not null)
        {
            throw new InvalidDataException($"{path} {fault}.");
        }
    }

    // What a copy has cut short ends a process that loads it: a library ends with the table of its sections.
    private static void CheckWhole(string library)
    {
        const int EhdrSize = 64, e_shoff = 40, e_shentsize = 58, e_shnum = 60;
        byte* header = stackalloc byte[EhdrSize];
        if (Read(library, new Span<byte>(header, EhdrSize)) == EhdrSize
            && HostCalls.Status(library, followLink: true, out statx status) == 0
            && *(ulong*)(header + e_shoff) is var table && table <= status.stx_size
            && (ulong)(*(ushort*)(header + e_shentsize) * *(ushort*)(header + e_shnum)) <= status.stx_size - table)
        {
            return;
        }

        throw new InvalidDataException(
            $"{library} is damaged or cut short. Copy the bundle again; 'gfs bundle verify' finds what is damaged.");
    }

    private static nint LoadAll(List<string> libraries, string directory)
    {
        // Before it has something to tell: to look for a function is to forget it.
        nint dlopen = Function("dlopen"), dlerror = Function("dlerror");
        int flags = RTLD_LAZY | (HasOwnAllocator() ? 0 : RTLD_DEEPBIND);
        nint handle = 0;
        foreach (string library in libraries)
        {
            fixed (byte* path = HostCalls.ToNative(library))
            {
                handle = ((delegate* unmanaged<byte*, int, nint>)dlopen)(path, flags);
            }

            if (handle == 0)
            {
                throw new InvalidDataException($"{Marshal.PtrToStringUTF8((nint)((delegate* unmanaged<byte*>)dlerror)())}.");
            }

            if (NativeLibrary.TryGetExport(handle, ProgramsVariable, out nint variable))
            {
                byte[] programs = LosslessUtf8.GetBytes($"{directory}/{Programs}/");
                if (programs.Length >= MaxPath)
                {
                    throw new InvalidDataException("its name is too long.");
                }

                programs.CopyTo(new Span<byte>((byte*)variable, MaxPath));
            }
        }

        return NativeLibrary.TryGetExport(handle, GuestfsLibrary.Creation, out _)
            ? handle
            : throw new InvalidDataException($"its list of libraries, {ListName}, does not end with libguestfs.");
    }

    // What one of them allocates, the other must not free: then a bundle's libraries take malloc from where everybody has it, and with it
    // all else that the program itself exports.
    private static bool HasOwnAllocator()
    {
        // The first of the process. With its version, as programs ask for it: that of glibc's own libc_malloc_debug has no other.
        const nint RTLD_DEFAULT = 0;
        nint dlvsym = Function("dlvsym");
        ReadOnlySpan<byte> since = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? "GLIBC_2.2.5\0"u8 : "GLIBC_2.17\0"u8;
        fixed (byte* name = "malloc\0"u8, version = since)
        {
            return ((delegate* unmanaged<nint, byte*, byte*, nint>)dlvsym)(RTLD_DEFAULT, name, version) != Function("malloc");
        }
    }

    // A function of glibc. Those of the dynamic linker are in a library of their own before version 2.34.
    private static nint Function(string name)
    {
        foreach (string library in (string[])["libc.so.6", "libdl.so.2"])
        {
            if (NativeLibrary.TryLoad(library, out nint handle) && NativeLibrary.TryGetExport(handle, name, out nint function))
            {
                return function;
            }
        }

        throw new InvalidDataException("it needs glibc, and this process has another C library (musl, as on Alpine Linux?).");
    }
}

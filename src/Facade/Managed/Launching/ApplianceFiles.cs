// Looks at the files of an appliance that did not start. qemu and the kernel say little of damaged ones, or hang.
using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;

using Guestfs.Interop;

namespace Guestfs;

/// <summary>Finds appliances as libguestfs does, and what is wrong with their files.</summary>
internal static class ApplianceFiles
{
    /// <summary>The name of the file in which an appliance of this project says what it is.</summary>
    internal const string Manifest = "manifest.json";

    private const string Readme = "README.fixed", Kernel = "kernel", Initrd = "initrd", Root = "root";
    private const string NoRoot = "is not an ext2 filesystem";
    private const int Superblock = 0x400;
    private const string SuperminDirectory = "supermin.d", OldStyleKernel = "vmlinuz.*", ModulesDirectory = "/lib/modules";

    // How the archives and compressed archives begin that a kernel takes for an initrd: newc, gzip, xz, zstd, lz4, bzip2, lzma, lzo.
    private static readonly byte[][] InitrdMagics =
    [
        [.. "07070"u8], [0x1F, 0x8B], [0xFD, .. "7zXZ"u8], [0x28, 0xB5, 0x2F, 0xFD], [0x02, 0x21, 0x4C, 0x18], [.. "BZh"u8], [0x5D, 0, 0],
        [0x89, .. "LZO"u8],
    ];

    /// <summary>The directory of a search path that libguestfs takes its appliance from, or null.</summary>
    internal static string? Find(string path) => path.Split(':').FirstOrDefault(HasAppliance);

    /// <summary>What is wrong with the files of the appliance in a directory; null when nothing is seen.</summary>
    /// <param name="directory">What <see cref="Find"/> has found.</param>
    /// <param name="cacheDirectory">Where supermin puts what it builds.</param>
    internal static string? Fault(string directory, string cacheDirectory)
    {
        string files = FilesOf(directory, cacheDirectory);
        return Fault(Path.Combine(files, Kernel), KernelFault)
            ?? Fault(Path.Combine(files, Initrd), InitrdFault)
            ?? Fault(Path.Combine(files, Root), RootFault);
    }

    /// <summary>Why libguestfs cannot tell the UUID of the root filesystem; null if it can. Up to 1.60 it goes on without one, and crashes.
    /// What supermin builds is left out: it may be built anew.</summary>
    /// <param name="path">libguestfs' search path.</param>
    internal static string? RootFault(string path) => Find(path) is { } directory && !IsBuiltBySupermin(directory)
        ? Fault(Path.Combine(directory, Root), (start, _) => IsRoot(start.Span) ? null : NoRoot)
        : null;

    /// <summary>The kernel that the appliance of a directory boots; null if there is none, or none that can be read.</summary>
    /// <param name="directory">What <see cref="Find"/> has found.</param>
    /// <param name="cacheDirectory">Where supermin puts what it builds. Before that, the kernel is one of those it chooses from.</param>
    internal static string? KernelOf(string directory, string cacheDirectory)
    {
        string kernel = Path.Combine(FilesOf(directory, cacheDirectory), Kernel);
        IEnumerable<string> candidates = !IsBuiltBySupermin(directory) ? [kernel, .. FilesLike(directory, OldStyleKernel)]
            : [kernel, .. InstalledKernels().OrderDescending(StringComparer.Ordinal)];
        return candidates.FirstOrDefault(file => File.Exists(file) && Fault(file, KernelFault) is null);
    }

    private static string FilesOf(string directory, string cacheDirectory) => IsBuiltBySupermin(directory)
        ? Path.Combine(cacheDirectory, ".guestfs-" + Libc.geteuid().ToString(CultureInfo.InvariantCulture), "appliance.d")
        : directory;

    /// <summary>Whether what <see cref="Find"/> has found is what supermin builds an appliance of.</summary>
    internal static bool IsBuiltBySupermin(string directory) => Directory.Exists(Path.Combine(directory, SuperminDirectory));

    private static IEnumerable<string> InstalledKernels() =>
        FilesLike("/boot", "vmlinu?-*").Concat(Directory.Exists(ModulesDirectory)
            ? Directory.EnumerateDirectories(ModulesDirectory).Select(version => Path.Combine(version, "vmlinuz")).Where(File.Exists)
            : []);

    private static IEnumerable<string> FilesLike(string directory, string pattern) =>
        Directory.Exists(directory) ? Directory.EnumerateFiles(directory, pattern) : [];

    // The three forms libguestfs knows, in its order: supermin, fixed, old style.
    private static bool HasAppliance(string directory) =>
        IsBuiltBySupermin(directory)
        || ((string[])[Readme, Kernel, Initrd, Root]).All(file => File.Exists(Path.Combine(directory, file)))
        || FilesLike(directory, OldStyleKernel).Any();

    // libguestfs' cache may lie where others can write: a launch that failed must not end in reading a pipe.
    private static string? Fault(string file, Func<ReadOnlyMemory<byte>, long, string?> check)
    {
        if (!File.Exists(file))
        {
            // An old-style appliance, or one that was never built.
            return null;
        }

        try
        {
            using FileStream stream = new(HostFile.OpenRegular(file), FileAccess.Read);
            byte[] start = new byte[4096];
            int read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            return read == 0 ? $"{file} is empty" : check(start.AsMemory(0, read), stream.Length) is { } fault ? $"{file} {fault}" : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{file} cannot be read by user {HostEnvironment.User}: {e.Message.TrimEnd('.')}";
        }
    }

    // Documentation/arch/x86/boot.rst: a setup of 512-byte sectors, the first not counted, then units of 16 bytes.
    private static string? KernelFault(ReadOnlyMemory<byte> start, long length)
    {
        const int SetupSectors = 0x1F1, SystemSize = 0x1F4, Magic = 0x202, HeaderEnd = 0x206;
        if (RuntimeInformation.ProcessArchitecture != Architecture.X64 || start.Span.StartsWith("\x7F"u8))
        {
            return null;
        }

        ReadOnlySpan<byte> header = start.Span;
        if (header.Length < HeaderEnd || !header[Magic..].StartsWith("HdrS"u8))
        {
            return "is not a Linux kernel";
        }

        int sectors = header[SetupSectors] == 0 ? 4 : header[SetupSectors];
        return CutShort(length, ((sectors + 1) * 512L) + (BinaryPrimitives.ReadUInt32LittleEndian(header[SystemSize..]) * 16L));
    }

    private static string? InitrdFault(ReadOnlyMemory<byte> start, long length) =>
        InitrdMagics.Any(magic => start.Span.StartsWith(magic)) ? null : "is not an initrd";

    private static string? RootFault(ReadOnlyMemory<byte> start, long length)
    {
        const int Blocks = Superblock + 4, BlockSizeShift = Superblock + 0x18;
        ReadOnlySpan<byte> header = start.Span;
        return !IsRoot(header) ? NoRoot
            : IsQcow(header) ? null
            : CutShort(length, (long)BinaryPrimitives.ReadUInt32LittleEndian(header[Blocks..]) << (10 + (header[BlockSizeShift] & 15)));
    }

    private static bool IsRoot(ReadOnlySpan<byte> start)
    {
        const int Magic = Superblock + 0x38;
        return IsQcow(start)
            || (start.Length >= Magic + 2 && BinaryPrimitives.ReadUInt16LittleEndian(start[Magic..]) == 0xEF53);
    }

    private static bool IsQcow(ReadOnlySpan<byte> start) => start.StartsWith("QFI"u8);

    private static string? CutShort(long length, long expected) =>
        length < expected ? string.Create(CultureInfo.InvariantCulture, $"is cut short: it has {length} of {expected} bytes") : null;

    /// <summary>Whether an appliance is one of this project's, of the profile fast.</summary>
    internal static bool IsFast(string directory)
    {
        try
        {
            using StreamReader manifest = new(new FileStream(HostFile.OpenRegular(Path.Combine(directory, Manifest)), FileAccess.Read));
            return manifest.ReadToEnd().Contains("\"profile\": \"fast\"", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}

// The system calls that .NET has no API for: whole file status, link targets and names as bytes, extended attributes, holes.
using System.Runtime.InteropServices;
using System.Text;

using Microsoft.Win32.SafeHandles;

namespace Guestfs.Appliances;

/// <summary>System calls on paths that may be any bytes (see <see cref="LosslessUtf8"/>).</summary>
internal static unsafe partial class Posix
{
    internal const int NoEntry = 2, InputOutput = 5, AccessDenied = 13, Exists = 17, NotDirectory = 20, NoSpace = 28, NoData = 61, NotSupported = 95, QuotaExceeded = 122;

    private const int AtFdCwd = -100, AtSymlinkNoFollow = 0x100;
    private const int SeekData = 3, SeekHole = 4, NoSuchAddress = 6;
    private const uint BasicStats = 0x7FF, MountId = 0x1000;

    /// <summary>Status of the file itself, not of what a symbolic link leads to; null when there is none that this user may know of.</summary>
    /// <exception cref="ApplianceException">The status cannot be read.</exception>
    internal static FileStatus? LinkStatus(string path) => Status(path, AtSymlinkNoFollow);

    /// <summary>Status of what the path leads to; null when there is nothing that this user may know of.</summary>
    /// <exception cref="ApplianceException">The status cannot be read.</exception>
    internal static FileStatus? Status(string path) => Status(path, 0);

    /// <summary>Opens a regular file of any name for reading. A pipe, which could block for ever, is refused.</summary>
    /// <exception cref="ApplianceException">It cannot be opened, or is something else.</exception>
    internal static SafeFileHandle OpenRead(string path)
    {
        SafeFileHandle file = Open(path, OpenFlags.ReadOnly | OpenFlags.NonBlocking);
        try
        {
            return Status(file, path).Kind == EntryKind.File
                ? file
                : throw new ApplianceException(ApplianceProblem.UnreadableFile, $"{path} cannot be read: it is not a regular file.");
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Opens a directory, for names relative to it.</summary>
    /// <exception cref="ApplianceException">It cannot be opened.</exception>
    internal static SafeFileHandle OpenDirectory(string path) => Open(path, OpenFlags.ReadOnly | OpenFlags.Directory);

    /// <summary>Where a symbolic link leads.</summary>
    /// <exception cref="ApplianceException">It cannot be read.</exception>
    internal static string ReadLink(string path)
    {
        const int Longest = 4096;
        byte* target = stackalloc byte[Longest];
        fixed (byte* name = ToNative(path))
        {
            nint length = readlink(name, target, Longest);
            return length >= 0
                ? LosslessUtf8.GetString(new ReadOnlySpan<byte>(target, (int)length))
                : throw Unreadable(path, Marshal.GetLastPInvokeError());
        }
    }

    /// <summary>Extended attributes of the file itself, sorted by name; empty where the filesystem has none.</summary>
    /// <exception cref="ApplianceException">They cannot be read.</exception>
    internal static IReadOnlyList<Xattr> ReadXattrs(string path)
    {
        fixed (byte* name = ToNative(path))
        {
            nint size = llistxattr(name, null, 0);
            if (size == 0 || (size < 0 && Marshal.GetLastPInvokeError() == NotSupported))
            {
                return [];
            }

            byte[] names = new byte[Math.Max(size, 0)];
            fixed (byte* list = names)
            {
                size = size < 0 ? size : llistxattr(name, list, (nuint)names.Length);
            }

            if (size < 0)
            {
                throw Unreadable(path, Marshal.GetLastPInvokeError());
            }

            List<Xattr> attributes = [];
            foreach (string attribute in Encoding.UTF8.GetString(names, 0, (int)size).Split('\0', StringSplitOptions.RemoveEmptyEntries))
            {
                if (ReadXattr(name, attribute) is { } value)
                {
                    attributes.Add(new Xattr(attribute, value));
                }
            }

            attributes.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
            return attributes;
        }
    }

    /// <summary>The parts of a file's range that are not holes, relative to the range's start.</summary>
    internal static IReadOnlyList<DataRange> FindData(SafeFileHandle file, long offset, long length)
    {
        List<DataRange> ranges = [];
        long end = offset + length;
        for (long at = offset; at < end;)
        {
            long data = lseek(file, at, SeekData);
            if (data < 0)
            {
                if (Marshal.GetLastPInvokeError() == NoSuchAddress)
                {
                    break;
                }

                // The filesystem knows nothing of holes.
                return [new DataRange(0, length)];
            }

            if (data >= end)
            {
                break;
            }

            long hole = Math.Min(lseek(file, data, SeekHole), end);
            ranges.Add(new DataRange(data - offset, hole - data));
            at = hole;
        }

        return ranges;
    }

    /// <summary>The system's words for an error number.</summary>
    internal static string Describe(int errno) => Marshal.GetPInvokeErrorMessage(errno);

    private static ApplianceException Unreadable(string path, int errno) =>
        new(ApplianceProblem.UnreadableFile, $"{path} cannot be read: {Describe(errno)}.");

    private static SafeFileHandle Open(string path, int flags)
    {
        fixed (byte* name = ToNative(path))
        {
            int descriptor = open(name, flags | OpenFlags.CloseOnExec, 0);
            return descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : throw Unreadable(path, Marshal.GetLastPInvokeError());
        }
    }

    private static byte[]? ReadXattr(byte* path, string attribute)
    {
        fixed (byte* name = ToNative(attribute))
        {
            nint size = lgetxattr(path, name, null, 0);
            byte[] value = new byte[Math.Max(size, 0)];
            fixed (byte* bytes = value)
            {
                // Not every attribute that is listed may be read by everyone.
                return size >= 0 && lgetxattr(path, name, bytes, (nuint)value.Length) == size ? value : null;
            }
        }
    }

    private static FileStatus? Status(string path, int flags)
    {
        StatxBuffer buffer;
        fixed (byte* name = ToNative(path))
        {
            if (statx(AtFdCwd, name, flags, BasicStats, &buffer) != 0)
            {
                int errno = Marshal.GetLastPInvokeError();
                return errno is NoEntry or NotDirectory or AccessDenied ? null : throw Unreadable(path, errno);
            }
        }

        return StatusOf(buffer);
    }

    private static FileStatus StatusOf(in StatxBuffer buffer) => new()
    {
        Mode = buffer.Mode,
        Uid = buffer.Uid,
        Gid = buffer.Gid,
        Links = buffer.Links,
        Size = (long)buffer.Size,
        Blocks = (long)buffer.Blocks,
        Inode = buffer.Inode,
        FileSystem = new DeviceNumber(buffer.FileSystemMajor, buffer.FileSystemMinor),
        Device = new DeviceNumber(buffer.DeviceMajor, buffer.DeviceMinor),
        ModificationTimeNs = (buffer.ModificationSeconds * 1_000_000_000) + buffer.ModificationNanoseconds,
        ChangeTimeNs = (buffer.ChangeSeconds * 1_000_000_000) + buffer.ChangeNanoseconds,
        MountId = buffer.MountId,
    };

    private static byte[] ToNative(string path)
    {
        if (path.Contains('\0', StringComparison.Ordinal))
        {
            throw new ApplianceException(ApplianceProblem.InvalidInput, $"A file name has a NUL in it: {path.Replace("\0", "\\0", StringComparison.Ordinal)}");
        }

        byte[] bytes = new byte[LosslessUtf8.GetMaxByteCount(path.Length) + 1];
        LosslessUtf8.GetBytes(path, bytes);
        return bytes;
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int statx(int directory, byte* path, int flags, uint mask, StatxBuffer* buffer);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint readlink(byte* path, byte* target, nuint size);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint llistxattr(byte* path, byte* list, nuint size);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint lgetxattr(byte* path, byte* name, byte* value, nuint size);

    [LibraryImport("libc", SetLastError = true)]
    private static partial long lseek(SafeFileHandle file, long offset, int whence);

    // The kernel's struct statx, the same on every architecture.
    [StructLayout(LayoutKind.Sequential, Size = 256)]
    private struct StatxBuffer
    {
        public uint Mask, BlockSize;
        public ulong Attributes;
        public uint Links, Uid, Gid;
        public ushort Mode, Spare;
        public ulong Inode, Size, Blocks, AttributesMask;
        public long AccessSeconds;
        public uint AccessNanoseconds, AccessSpare;
        public long BirthSeconds;
        public uint BirthNanoseconds, BirthSpare;
        public long ChangeSeconds;
        public uint ChangeNanoseconds, ChangeSpare;
        public long ModificationSeconds;
        public uint ModificationNanoseconds, ModificationSpare;
        public uint DeviceMajor, DeviceMinor, FileSystemMajor, FileSystemMinor;
        public ulong MountId;
    }
}

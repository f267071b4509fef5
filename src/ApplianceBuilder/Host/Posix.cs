// The system calls that .NET has no API for: whole file status, link targets and names as bytes, extended attributes, holes.
using System.Runtime.InteropServices;
using System.Text;

using Guestfs.Appliances.Plan;
using Microsoft.Win32.SafeHandles;

namespace Guestfs.Appliances.Host;

/// <summary>System calls on paths that may be any bytes (see <see cref="LosslessUtf8"/>).</summary>
internal static unsafe partial class Posix
{
    /// <summary>Status of the file itself, not of what a symbolic link leads to;
    /// null when there is none that this user may know of.</summary>
    /// <exception cref="ApplianceException">The status cannot be read.</exception>
    internal static FileStatus? LinkStatus(string path) => Status(path, followLink: false);

    /// <summary>Status of what the path leads to; null when there is nothing that this user may know of.</summary>
    /// <exception cref="ApplianceException">The status cannot be read.</exception>
    internal static FileStatus? Status(string path) => Status(path, followLink: true);

    /// <summary>Opens a regular file of any name for reading. A pipe, which could block for ever, is refused.</summary>
    /// <exception cref="ApplianceException">It cannot be opened, or is something else.</exception>
    internal static SafeFileHandle OpenRead(string path)
    {
        CheckName(path);
        SafeFileHandle? file = HostCalls.TryOpenRegular(path, out int errno);
        return file ?? throw (errno == 0
            ? new ApplianceException(ApplianceProblem.UnreadableFile, $"{path} cannot be read: it is not a regular file.")
            : Unreadable(path, errno));
    }

    /// <summary>Opens a directory, for names relative to it.</summary>
    /// <exception cref="ApplianceException">It cannot be opened.</exception>
    internal static SafeFileHandle OpenDirectory(string path)
    {
        CheckName(path);
        return HostCalls.TryOpen(path, Libc.O_RDONLY | Libc.O_DIRECTORY, out int errno) ?? throw Unreadable(path, errno);
    }

    /// <summary>Where a symbolic link leads.</summary>
    /// <exception cref="ApplianceException">It cannot be read.</exception>
    internal static string ReadLink(string path)
    {
        CheckName(path);
        return HostCalls.TryReadLink(path, out int errno) ?? throw Unreadable(path, errno);
    }

    /// <summary>Extended attributes of the file itself, sorted by name; empty where the filesystem has none.</summary>
    /// <exception cref="ApplianceException">They cannot be read.</exception>
    internal static IReadOnlyList<ExtendedAttribute> ReadXattrs(string path)
    {
        fixed (byte* name = ToNative(path))
        {
            nint size = Libc.llistxattr(name, null, 0);
            if (size == 0 || (size < 0 && Marshal.GetLastPInvokeError() == Libc.ENOTSUP))
            {
                return [];
            }

            byte[] names = new byte[Math.Max(size, 0)];
            fixed (byte* list = names)
            {
                size = size < 0 ? size : Libc.llistxattr(name, list, (nuint)names.Length);
            }

            if (size < 0)
            {
                throw Unreadable(path, Marshal.GetLastPInvokeError());
            }

            List<ExtendedAttribute> attributes = [];
            foreach (string attribute in Encoding.UTF8.GetString(names, 0, (int)size).Split('\0', StringSplitOptions.RemoveEmptyEntries))
            {
                if (ReadXattr(name, attribute) is { } value)
                {
                    attributes.Add(new ExtendedAttribute(attribute, value));
                }
            }

            attributes.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
            return attributes;
        }
    }

    /// <summary>The parts of a file's range that are not holes, relative to the range's start.</summary>
    internal static IReadOnlyList<DataRange> FindData(SafeFileHandle file, long offset, long length)
    {
        using BorrowedDescriptor descriptor = new(file);
        List<DataRange> ranges = [];
        long end = offset + length;
        for (long at = offset; at < end;)
        {
            long data = Libc.lseek(descriptor, (nint)at, Libc.SEEK_DATA);
            if (data < 0)
            {
                if (Marshal.GetLastPInvokeError() == Libc.ENXIO)
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

            long hole = Math.Min(Libc.lseek(descriptor, (nint)data, Libc.SEEK_HOLE), end);
            ranges.Add(new DataRange(data - offset, hole - data));
            at = hole;
        }

        return ranges;
    }

    /// <summary>The system's words for an error number.</summary>
    internal static string Describe(int errno) => Marshal.GetPInvokeErrorMessage(errno);

    private static ApplianceException Unreadable(string path, int errno) =>
        new(ApplianceProblem.UnreadableFile, $"{path} cannot be read: {Describe(errno)}.");

    private static byte[]? ReadXattr(byte* path, string attribute)
    {
        fixed (byte* name = ToNative(attribute))
        {
            nint size = Libc.lgetxattr(path, name, null, 0);
            byte[] value = new byte[Math.Max(size, 0)];
            fixed (byte* bytes = value)
            {
                // Not every attribute that is listed may be read by everyone.
                return size >= 0 && Libc.lgetxattr(path, name, bytes, (nuint)value.Length) == size ? value : null;
            }
        }
    }

    private static FileStatus? Status(string path, bool followLink)
    {
        CheckName(path);
        return HostCalls.Status(path, followLink, out statx status) switch
        {
            0 => new FileStatus(status),
            Libc.ENOENT or Libc.ENOTDIR or Libc.EACCES => null,
            int errno => throw Unreadable(path, errno),
        };
    }

    // Paths come out of packages and lists too.
    private static void CheckName(string path)
    {
        if (path.Contains('\0', StringComparison.Ordinal))
        {
            throw new ApplianceException(
                ApplianceProblem.InvalidInput, $"A file name has a NUL in it: {path.Replace("\0", "\\0", StringComparison.Ordinal)}");
        }
    }

    private static byte[] ToNative(string path)
    {
        CheckName(path);
        return HostCalls.ToNative(path);
    }
}

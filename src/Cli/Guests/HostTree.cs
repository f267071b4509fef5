// Directories of the host, with names of any bytes: .NET's own enumeration replaces what is not UTF-8, and such a name leads nowhere.
using System.Runtime.InteropServices;

using Guestfs.Interop;

using Microsoft.Win32.SafeHandles;

namespace Guestfs.Cli.Guests;

/// <summary>A file of the host.</summary>
/// <param name="Path">Where it is below the directory where the walk began.</param>
/// <param name="Status">Its status, of a link itself.</param>
internal sealed record HostEntry(string Path, statx Status)
{
    /// <summary>Its type, with the letter that <c>ls -l</c> has for it.</summary>
    internal char Type => (Status.stx_mode & Libc.S_IFMT) switch
    {
        Libc.S_IFDIR => 'd', Libc.S_IFREG => '-', Libc.S_IFLNK => 'l', Libc.S_IFBLK => 'b', Libc.S_IFCHR => 'c', Libc.S_IFIFO => 'p',
        Libc.S_IFSOCK => 's', _ => '?',
    };
}

/// <summary>Walks and changes directories of the host.</summary>
internal static unsafe class HostTree
{
    /// <summary>Everything below a directory, a directory before what is in it; links are not followed.</summary>
    internal static List<HostEntry> Entries(string directory)
    {
        List<HostEntry> entries = [];
        Stack<string> unread = new([""]);
        while (unread.TryPop(out string? below))
        {
            string full = Combine(directory, below);
            foreach (string name in Names(full))
            {
                // What is gone meanwhile is not there.
                int errno = HostCalls.Status(Combine(full, name), followLink: false, out statx status);
                if (errno is Libc.ENOENT)
                {
                    continue;
                }

                HostEntry entry = new(Combine(below, name), errno == 0 ? status : throw Fault(Combine(full, name), "examined", errno));
                entries.Add(entry);
                if (entry.Type == 'd')
                {
                    unread.Push(entry.Path);
                }
            }
        }

        return entries;
    }

    /// <summary>Where a link leads.</summary>
    internal static string ReadLink(string path) => HostCalls.TryReadLink(path, out int errno) ?? throw Fault(path, "read", errno);

    /// <summary>Makes a directory for this user alone.</summary>
    internal static void MakePrivate(string path)
    {
        fixed (byte* native = HostCalls.ToNative(path))
        {
            if (Libc.mkdirat(Libc.AT_FDCWD, native, Libc.S_IRWXU) != 0)
            {
                throw Fault(path, "made", Marshal.GetLastPInvokeError());
            }
        }
    }

    /// <summary>Gives a file or directory another name, and puts a file in the place of one that has it.</summary>
    internal static void Rename(string path, string name)
    {
        fixed (byte* old = HostCalls.ToNative(path), native = HostCalls.ToNative(name))
        {
            if (Libc.renameat2(Libc.AT_FDCWD, old, Libc.AT_FDCWD, native, 0) != 0)
            {
                throw Fault(name, "made", Marshal.GetLastPInvokeError());
            }
        }
    }

    /// <summary>Gives a file or directory, which is no link, other permissions.</summary>
    internal static void SetMode(string path, int mode)
    {
        fixed (byte* native = HostCalls.ToNative(path))
        {
            if (Libc.fchmodat(Libc.AT_FDCWD, native, (uint)mode, 0) != 0)
            {
                throw Fault(path, "given other permissions", Marshal.GetLastPInvokeError());
            }
        }
    }

    /// <summary>Gives a directory the owner, the permissions and the times of one of the guest.</summary>
    /// <param name="path">The directory.</param>
    /// <param name="guest">What the guest's has.</param>
    /// <param name="mask">What it has no permissions of.</param>
    /// <param name="options">What is kept.</param>
    internal static void Imitate(string path, StatNs guest, int mask, ExtractOptions options)
    {
        fixed (byte* native = HostCalls.ToNative(path))
        {
            if (options.PreserveOwners && Libc.fchownat(Libc.AT_FDCWD, native, (uint)guest.Uid, (uint)guest.Gid, 0) != 0)
            {
                throw Fault(path, "given its owner", Marshal.GetLastPInvokeError());
            }

            SetMode(path, (int)guest.Mode & (ModeBits.Permissions | ModeBits.KeptOf(guest, options)) & ~mask);
            timespec* times = stackalloc timespec[2];
            HostAttributes.Times(guest, times);
            if (Libc.utimensat(Libc.AT_FDCWD, native, times, 0) != 0)
            {
                throw Fault(path, "given its times", Marshal.GetLastPInvokeError());
            }
        }
    }

    /// <summary>Removes a file, or an empty directory.</summary>
    internal static void Remove(string path, bool isDirectory)
    {
        fixed (byte* native = HostCalls.ToNative(path))
        {
            if (Libc.unlinkat(Libc.AT_FDCWD, native, isDirectory ? Libc.AT_REMOVEDIR : 0) != 0)
            {
                throw Fault(path, "removed", Marshal.GetLastPInvokeError());
            }
        }
    }

    /// <summary>A path without the <c>/.</c> at its end by which a user means what is in a directory.</summary>
    internal static string WithoutDot(string path) =>
        path.EndsWith("/.", StringComparison.Ordinal) ? path[..^(path.Length > 2 ? 2 : 1)] : path;

    /// <summary>A path of a name in a directory.</summary>
    internal static string Combine(string directory, string name) =>
        directory.Length == 0 ? name : name.Length == 0 ? directory : directory.EndsWith('/') ? directory + name : $"{directory}/{name}";

    private static List<string> Names(string directory)
    {
        List<string> names = [];
        using SafeFileHandle file = HostCalls.TryOpen(directory, Libc.O_RDONLY | Libc.O_DIRECTORY, out int errno)
            ?? throw Fault(directory, "read", errno);
        void* stream = Libc.fdopendir((int)file.DangerousGetHandle());
        if (stream == null)
        {
            throw Fault(directory, "read", Marshal.GetLastPInvokeError());
        }

        // The descriptor is the stream's now.
        file.SetHandleAsInvalid();
        try
        {
            while (true)
            {
                dirent* entry = Libc.readdir(stream);
                if (entry == null)
                {
                    errno = Marshal.GetLastPInvokeError();
                    return errno == 0 ? names : throw Fault(directory, "read", errno);
                }

                string name = LosslessUtf8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(entry->d_name));
                if (name is not ("." or ".."))
                {
                    names.Add(name);
                }
            }
        }
        finally
        {
            _ = Libc.closedir(stream);
        }
    }

    private static IOException Fault(string path, string verb, int errno) =>
        new($"{path} cannot be {verb}: {Marshal.GetPInvokeErrorMessage(errno)}.", errno);
}

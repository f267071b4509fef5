// An open directory of the host. All that extraction does there is relative to such a descriptor and to one name in it, never
// to a path: whatever somebody renames meanwhile, nothing leads out of the directories that were opened or made here.
using System.Runtime.InteropServices;

using Guestfs.Interop;

using Microsoft.Win32.SafeHandles;

namespace Guestfs;

/// <summary>A directory's descriptor and what can be done with the names in it. No symbolic link is followed.</summary>
internal sealed unsafe class HostDirectory : IDisposable
{
    private HostDirectory(SafeFileHandle descriptor, string path) => (Descriptor, Path) = (descriptor, path);

    internal SafeFileHandle Descriptor { get; }

    /// <summary>For messages alone.</summary>
    internal string Path { get; }

    /// <summary>Opens the directory that the caller named; this one may be named through links.</summary>
    internal static HostDirectory OpenNamed(string path) =>
        HostCalls.TryOpen(path, Libc.O_RDONLY | Libc.O_DIRECTORY, out int errno) is { } descriptor
            ? new HostDirectory(descriptor, path)
            : throw HostError.Failed($"The directory {path} cannot be opened. It must exist", errno);

    /// <summary>Opens a directory in this one, or with <c>.</c> itself once more.</summary>
    internal HostDirectory Open(string name) =>
        new(OpenEntry(name, Libc.O_RDONLY | Libc.O_DIRECTORY), name == "." ? Path : NameOf(name));

    /// <summary>Opens an entry of any kind, without being able to read or write it.</summary>
    internal SafeFileHandle OpenReference(string name) => OpenEntry(name, Libc.O_PATH);

    /// <summary>Creates a file that nobody has opened before.</summary>
    internal SafeFileHandle CreateFile(string name, int mode) =>
        OpenEntry(name, Libc.O_WRONLY | Libc.O_CREAT | Libc.O_EXCL, mode);

    /// <summary>The status of the directory itself.</summary>
    internal HostStatus Status() => HostError.Status(Descriptor, Path);

    /// <summary>The status of an entry; false where there is none.</summary>
    internal bool TryGetStatus(string name, out HostStatus status)
    {
        int errno = HostCalls.StatusAt(Descriptor, name, out statx result);
        status = new HostStatus(result);
        return errno switch
        {
            0 => true,
            Libc.ENOENT or Libc.ENAMETOOLONG => false,
            _ => throw Fault(name, "examined", errno),
        };
    }

    /// <summary>Makes room for what is made under its name at once.</summary>
    internal void Vacate(string name, bool replace)
    {
        if (CheckFree(name, replace))
        {
            Remove(name);
        }
    }

    /// <summary>Makes sure that nothing is there that may not be replaced; true where something is that may.</summary>
    internal bool CheckFree(string name, bool replace)
    {
        if (!TryGetStatus(name, out HostStatus status))
        {
            return false;
        }

        bool isDirectory = status.Type == Libc.S_IFDIR;
        return replace && !isDirectory
            ? true
            : throw HostError.Exists(
                Libc.EEXIST, $"There is {(isDirectory ? "a directory" : "something")} called {NameOf(name)} already.");
    }

    /// <summary>Makes a directory; false where something has the name.</summary>
    internal bool TryMakeDirectory(string name, int mode)
    {
        using BorrowedDescriptor directory = new(Descriptor);
        fixed (byte* native = HostCalls.ToNative(name))
        {
            bool isNew = Libc.mkdirat(directory, native, (uint)mode) == 0;
            return isNew || Marshal.GetLastPInvokeError() == Libc.EEXIST ? isNew : throw Fault(name, "made");
        }
    }

    internal void MakeSymlink(string name, string target)
    {
        using BorrowedDescriptor directory = new(Descriptor);
        fixed (byte* native = HostCalls.ToNative(name), text = HostCalls.ToNative(target))
        {
            Check(Libc.symlinkat(text, directory, native), name, "made");
        }
    }

    /// <summary>Makes a device node, a FIFO or a socket.</summary>
    internal void MakeNode(string name, int mode, ulong device)
    {
        using BorrowedDescriptor directory = new(Descriptor);
        fixed (byte* native = HostCalls.ToNative(name))
        {
            if (Libc.mknodat(directory, native, (uint)mode, device) != 0)
            {
                throw Marshal.GetLastPInvokeError() == Libc.EPERM
                    ? HostError.Privilege($"The device node {NameOf(name)} cannot be made", ApiName.Option(
                        nameof(ExtractOptions), nameof(ExtractOptions.SpecialFiles)), "CAP_MKNOD")
                    : Fault(name, "made");
            }
        }
    }

    /// <summary>Gives a file another name; false where that cannot be done and a copy can.</summary>
    internal bool TryLink(HostDirectory from, string fromName, string name)
    {
        using BorrowedDescriptor directory = new(Descriptor), fromDirectory = new(from.Descriptor);
        fixed (byte* source = HostCalls.ToNative(fromName), native = HostCalls.ToNative(name))
        {
            bool linked = Libc.linkat(fromDirectory, source, directory, native, 0) == 0;
            return linked || Marshal.GetLastPInvokeError() != Libc.EEXIST ? linked : throw Fault(name, "made");
        }
    }

    /// <summary>Renames a finished file.</summary>
    internal void Rename(string from, string name, bool replace)
    {
        using BorrowedDescriptor directory = new(Descriptor);
        fixed (byte* source = HostCalls.ToNative(from), native = HostCalls.ToNative(name))
        {
            int result = Libc.renameat2(directory, source, directory, native, replace ? 0 : Libc.RENAME_NOREPLACE);
            if (result != 0 && !replace && Marshal.GetLastPInvokeError() == Libc.EINVAL)
            {
                // NFS and others cannot rename so, but a link does not replace either.
                result = Libc.linkat(directory, source, directory, native, 0);
                _ = result == 0 ? Libc.unlinkat(directory, source, 0) : 0;
            }

            Check(result, name, "made");
        }
    }

    /// <summary>Removes an entry if it can be removed: another error is on its way.</summary>
    internal void TryRemove(string name)
    {
        using BorrowedDescriptor directory = new(Descriptor);
        fixed (byte* native = HostCalls.ToNative(name))
        {
            _ = Libc.unlinkat(directory, native, 0);
        }
    }

    internal string ReadLink(string name) => HostCalls.TryReadLinkAt(Descriptor, name, out int errno) ?? throw Fault(name, "read", errno);

    /// <summary>The full name of an entry, for messages.</summary>
    internal string NameOf(string name) => PrintableText.Line(Path.EndsWith('/') ? Path + name : $"{Path}/{name}");

    public void Dispose() => Descriptor.Dispose();

    // An entry that is no directory.
    private void Remove(string name)
    {
        using BorrowedDescriptor directory = new(Descriptor);
        fixed (byte* native = HostCalls.ToNative(name))
        {
            Check(Libc.unlinkat(directory, native, 0), name, "replaced");
        }
    }

    private SafeFileHandle OpenEntry(string name, int flags, int mode = 0) =>
        HostCalls.TryOpenAt(Descriptor, name, flags, out int errno, (uint)mode) ?? throw Fault(name, "opened", errno);

    private void Check(int result, string name, string verb)
    {
        if (result != 0)
        {
            throw Fault(name, verb);
        }
    }

    private GuestfsExtractionException Fault(string name, string verb) => Fault(name, verb, Marshal.GetLastPInvokeError());

    private GuestfsExtractionException Fault(string name, string verb, int errno) =>
        HostError.Of($"{NameOf(name)} cannot be {verb}", errno);
}

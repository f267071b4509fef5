// An open directory of the host. All that extraction does there is relative to such a descriptor and to one name in it, never
// to a path: whatever somebody renames meanwhile, nothing leads out of the directories that were opened or made here.
using System.Runtime.InteropServices;

using Microsoft.Win32.SafeHandles;

namespace Guestfs;

/// <summary>A directory's descriptor and what can be done with the names in it. No symbolic link is followed.</summary>
internal sealed unsafe class HostDirectory : IDisposable
{
    private const int LongestTarget = 4096;

    private HostDirectory(SafeFileHandle descriptor, string path) => (Descriptor, Path) = (descriptor, path);

    internal SafeFileHandle Descriptor { get; }

    /// <summary>For messages alone.</summary>
    internal string Path { get; }

    /// <summary>Opens the directory that the caller named; this one may be named through links.</summary>
    internal static HostDirectory OpenNamed(string path)
    {
        fixed (byte* native = Native(path))
        {
            int descriptor = HostCalls.open(native, OpenFlags.ReadOnly | OpenFlags.Directory | OpenFlags.CloseOnExec, 0);
            return descriptor >= 0
                ? new HostDirectory(new SafeFileHandle(descriptor, ownsHandle: true), path)
                : throw HostError.Failed($"The directory {path} cannot be opened. It must exist", Marshal.GetLastPInvokeError());
        }
    }

    /// <summary>Opens a directory in this one, or with <c>.</c> itself once more.</summary>
    internal HostDirectory Open(string name) =>
        new(OpenEntry(name, OpenFlags.ReadOnly | OpenFlags.Directory), name == "." ? Path : NameOf(name));

    /// <summary>Opens an entry of any kind, without being able to read or write it.</summary>
    internal SafeFileHandle OpenReference(string name) => OpenEntry(name, OpenFlags.PathOnly);

    /// <summary>Creates a file that nobody has opened before.</summary>
    internal SafeFileHandle CreateFile(string name, int mode) =>
        OpenEntry(name, OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Exclusive, mode);

    /// <summary>The status of the directory itself.</summary>
    internal HostStatus Status() => HostError.Status(Descriptor, Path);

    /// <summary>The status of an entry; false where there is none.</summary>
    internal bool TryGetStatus(string name, out HostStatus status)
    {
        HostStatus result;
        fixed (byte* native = Native(name))
        {
            bool exists = HostCalls.statx(Descriptor, native, HostCalls.SymlinkNoFollow, HostCalls.BasicStats, &result) == 0;
            if (!exists && Marshal.GetLastPInvokeError() is not (HostCalls.NoEntry or HostCalls.NameTooLong))
            {
                throw Fault(name, "examined");
            }

            status = exists ? result : default;
            return exists;
        }
    }

    /// <summary>Makes a directory; false where something has the name.</summary>
    internal bool TryMakeDirectory(string name, int mode)
    {
        fixed (byte* native = Native(name))
        {
            bool isNew = HostCalls.mkdirat(Descriptor, native, (uint)mode) == 0;
            return isNew || Marshal.GetLastPInvokeError() == HostCalls.Exists ? isNew : throw Fault(name, "made");
        }
    }

    internal void MakeSymlink(string name, string target)
    {
        fixed (byte* native = Native(name), text = Native(target))
        {
            Check(HostCalls.symlinkat(text, Descriptor, native), name, "made");
        }
    }

    /// <summary>Makes a device node, a FIFO or a socket.</summary>
    internal void MakeNode(string name, int mode, ulong device)
    {
        fixed (byte* native = Native(name))
        {
            if (HostCalls.mknodat(Descriptor, native, (uint)mode, device) != 0)
            {
                throw Marshal.GetLastPInvokeError() == HostCalls.PermissionDenied
                    ? HostError.Privilege($"The device node {NameOf(name)} cannot be made", ApiName.Option(nameof(ExtractOptions), nameof(ExtractOptions.SpecialFiles)), "CAP_MKNOD")
                    : Fault(name, "made");
            }
        }
    }

    /// <summary>Gives a file another name; false where that cannot be done and a copy can.</summary>
    internal bool TryLink(HostDirectory from, string fromName, string name)
    {
        fixed (byte* source = Native(fromName), native = Native(name))
        {
            bool linked = HostCalls.linkat(from.Descriptor, source, Descriptor, native, 0) == 0;
            return linked || Marshal.GetLastPInvokeError() != HostCalls.Exists ? linked : throw Fault(name, "made");
        }
    }

    /// <summary>Renames a finished file.</summary>
    internal void Rename(string from, string name, bool replace)
    {
        fixed (byte* source = Native(from), native = Native(name))
        {
            int result = HostCalls.renameat2(Descriptor, source, Descriptor, native, replace ? 0 : HostCalls.NoReplace);
            if (result != 0 && !replace && Marshal.GetLastPInvokeError() == HostCalls.Invalid)
            {
                // NFS and others cannot rename so, but a link does not replace either.
                result = HostCalls.linkat(Descriptor, source, Descriptor, native, 0);
                _ = result == 0 ? HostCalls.unlinkat(Descriptor, source, 0) : 0;
            }

            Check(result, name, "made");
        }
    }

    /// <summary>Removes an entry that is no directory.</summary>
    internal void Remove(string name)
    {
        fixed (byte* native = Native(name))
        {
            Check(HostCalls.unlinkat(Descriptor, native, 0), name, "replaced");
        }
    }

    /// <summary>Removes an entry if it can be removed: another error is on its way.</summary>
    internal void TryRemove(string name)
    {
        fixed (byte* native = Native(name))
        {
            _ = HostCalls.unlinkat(Descriptor, native, 0);
        }
    }

    internal string ReadLink(string name)
    {
        byte* target = stackalloc byte[LongestTarget];
        fixed (byte* native = Native(name))
        {
            nint length = HostCalls.readlinkat(Descriptor, native, target, LongestTarget);
            return length >= 0 ? LosslessUtf8.GetString(new ReadOnlySpan<byte>(target, (int)length)) : throw Fault(name, "read");
        }
    }

    /// <summary>The full name of an entry, for messages.</summary>
    internal string NameOf(string name) => PrintableText.Line(Path.EndsWith('/') ? Path + name : $"{Path}/{name}");

    public void Dispose() => Descriptor.Dispose();

    /// <summary>A string for C.</summary>
    internal static byte[] Native(string text)
    {
        // The caller's own path can have a NUL; names and targets of the guest cannot.
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException("A path has a NUL character.", nameof(text));
        }

        byte[] bytes = new byte[LosslessUtf8.GetMaxByteCount(text.Length) + 1];
        LosslessUtf8.GetBytes(text, bytes);
        return bytes;
    }

    private SafeFileHandle OpenEntry(string name, int flags, int mode = 0)
    {
        fixed (byte* native = Native(name))
        {
            int descriptor = HostCalls.openat(Descriptor, native, flags | OpenFlags.NoFollow | OpenFlags.CloseOnExec, (uint)mode);
            return descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : throw Fault(name, "opened");
        }
    }

    private void Check(int result, string name, string verb)
    {
        if (result != 0)
        {
            throw Fault(name, verb);
        }
    }

    private GuestfsExtractionException Fault(string name, string verb) => HostError.Of($"{NameOf(name)} cannot be {verb}");
}

// Owners, modes, times and extended attributes of what was extracted, as far as they are wanted.
using System.Runtime.InteropServices;

using Guestfs.Interop;

using Microsoft.Win32.SafeHandles;

namespace Guestfs;

/// <summary>Gives extracted files the guest's attributes, always by descriptor.</summary>
internal sealed unsafe class HostAttributes(GuestfsHandle g, ExtractOptions options, ExtractTally tally)
{
    private const long MaxNanoseconds = 999_999_999;

    // Of a message, which has room for 4 MiB of names and the same of attributes; and of all that is kept.
    private const int MaxNames = 100;
    private const long MaxReadBytes = 64 << 20;

    private long readBytes;
    private long? withoutXattrs;

    /// <summary>Reads the extended attributes of many files with few calls. Those of which that fails are left to
    /// <see cref="Apply(SafeFileHandle, ExtractEntry, string)"/>, which says why.</summary>
    internal void Read(List<ExtractEntry> entries)
    {
        for (int start = 0, end; start < entries.Count && readBytes < MaxReadBytes; start = end)
        {
            ExtractedDirectory directory = entries[start].Directory;
            for (end = start + 1; end < entries.Count && end - start < MaxNames && entries[end].Directory == directory; end++)
            {
            }

            List<ExtractEntry> some = entries.GetRange(start, end - start);
            try
            {
                tally.ThrowIfCancelled();
                Distribute(g.Lxattrlist(directory.GuestPathOrRoot, [.. some.ConvertAll(entry => entry.Name)]), some);
            }
            catch (GuestfsException) when (g.State == GuestfsState.Ready)
            {
                // They may be too long for one message together.
            }
        }
    }

    /// <summary>Of a file or directory that was made with more permissions for its owner than it is to have.</summary>
    internal void Apply(SafeFileHandle file, ExtractEntry entry, string hostPath)
    {
        StatNs status = entry.Status;
        SetOwner(file, status, hostPath);
        SetXattrs(file, entry);
        SetMode(file, status, hostPath);
        if (options.PreserveTimes)
        {
            timespec* times = stackalloc timespec[2];
            Times(status, times);
            using BorrowedDescriptor descriptor = new(file);
            Check(Libc.futimens(descriptor, times), hostPath);
        }
    }

    /// <summary>Of a link or a special file.</summary>
    internal void Apply(HostDirectory directory, string name, StatNs status)
    {
        using SafeFileHandle entry = directory.OpenReference(name);
        string path = directory.NameOf(name);
        if (HostError.Status(entry, path).Type != ModeBits.TypeOf(status))
        {
            throw new GuestfsExtractionException(
                ExtractionProblem.TargetChanged, 0, $"{path} was replaced by somebody else just after it was made.");
        }

        SetOwner(entry, status, path);
        if (options.PreserveTimes)
        {
            // Kernels before 5.8 cannot do this without a name, and by name it might be another file by now.
            timespec* times = stackalloc timespec[2];
            Times(status, times);
            byte none = 0;
            using BorrowedDescriptor descriptor = new(entry);
            _ = Libc.utimensat(descriptor, &none, times, Libc.AT_EMPTY_PATH);
        }
    }

    /// <summary>A guest's times of access and modification as utimensat(2) takes them.</summary>
    internal static void Times(StatNs status, timespec* times)
    {
        // A damaged filesystem can have nanoseconds out of range, and two such values have a special meaning to utimensat(2).
        times[0] = new timespec { tv_sec = (nint)status.AtimeSec, tv_nsec = (nint)Math.Clamp(status.AtimeNsec, 0, MaxNanoseconds) };
        times[1] = new timespec { tv_sec = (nint)status.MtimeSec, tv_nsec = (nint)Math.Clamp(status.MtimeNsec, 0, MaxNanoseconds) };
    }

    private void Distribute(Xattr[] found, List<ExtractEntry> entries)
    {
        foreach ((Xattr[]? attributes, ExtractEntry entry) in XattrList.Files(found).Zip(entries))
        {
            entry.UserXattrs = attributes is not null || HasNone(entry) ? [] : null;
            foreach (Xattr attribute in attributes ?? [])
            {
                readBytes += AddUsers(attribute, entry.UserXattrs!);
            }
        }
    }

    private bool HasNone(ExtractEntry entry)
    {
        if (withoutXattrs != entry.Status.Dev)
        {
            try
            {
                g.Lgetxattrs(entry.GuestPath);
                return false;
            }
            catch (GuestfsException e) when (e.Errno == Libc.ENOTSUP)
            {
                withoutXattrs = entry.Status.Dev;
            }
        }

        return true;
    }

    private void SetOwner(SafeFileHandle file, StatNs status, string path)
    {
        byte none = 0;
        using BorrowedDescriptor descriptor = new(file);
        if (options.PreserveOwners && Libc.fchownat(descriptor, &none, (uint)status.Uid, (uint)status.Gid, Libc.AT_EMPTY_PATH) != 0)
        {
            // Invalid is an owner that the user namespace does not have.
            throw Marshal.GetLastPInvokeError() is Libc.EPERM or Libc.EINVAL
                ? HostError.Privilege($"{path} cannot be given to user {status.Uid} and group {status.Gid}", ApiName.Option(
                    nameof(ExtractOptions), nameof(ExtractOptions.PreserveOwners)), "CAP_CHOWN")
                : HostError.Of($"The owner of {path} cannot be set");
        }
    }

    private void SetMode(SafeFileHandle file, StatNs status, string path)
    {
        int now = HostError.Status(file, path).Mode & ~Libc.S_IFMT;
        int guest = (int)status.Mode;
        int wanted = (now & ~(ModeBits.OwnerAll & ~guest)) | (guest & ModeBits.KeptOf(status, options));
        if (wanted != now)
        {
            using BorrowedDescriptor descriptor = new(file);
            Check(Libc.fchmod(descriptor, (uint)wanted), path);
        }
    }

    private void SetXattrs(SafeFileHandle file, ExtractEntry entry)
    {
        if (!options.PreserveUserXattrs)
        {
            return;
        }

        foreach (Xattr attribute in entry.UserXattrs ?? Read(entry.GuestPath))
        {
            using BorrowedDescriptor descriptor = new(file);
            fixed (byte* name = HostCalls.ToNative(attribute.Name), value = attribute.Val)
            {
                if (Libc.fsetxattr(descriptor, name, value, (nuint)attribute.Val.Length, 0) != 0)
                {
                    tally.Skip(
                        entry.GuestPath, ExtractSkipReason.XattrRefused, $"{attribute.Name}: {Marshal.GetLastPInvokeErrorMessage()}");
                }
            }
        }
    }

    private List<Xattr> Read(string path)
    {
        List<Xattr> users = [];
        try
        {
            foreach (Xattr attribute in g.Lgetxattrs(path))
            {
                AddUsers(attribute, users);
            }
        }
        catch (GuestfsException e) when (e.Errno == Libc.ENOTSUP)
        {
            // This filesystem of the guest has none.
        }

        return users;
    }

    private static int AddUsers(Xattr attribute, List<Xattr> users)
    {
        if (!attribute.Name.StartsWith("user.", StringComparison.Ordinal))
        {
            return 0;
        }

        users.Add(attribute);
        return attribute.Name.Length + attribute.Val.Length;
    }

    private static void Check(int result, string path)
    {
        if (result != 0)
        {
            throw HostError.Of($"The attributes of {path} cannot be set");
        }
    }
}

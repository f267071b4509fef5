// Owners, modes, times and extended attributes of what was extracted, as far as they are wanted.
using System.Runtime.InteropServices;

using Microsoft.Win32.SafeHandles;

namespace Guestfs;

/// <summary>Gives extracted files the guest's attributes, always by descriptor.</summary>
internal sealed unsafe class HostAttributes(GuestfsHandle g, ExtractOptions options, ExtractTally tally)
{
    private const long MaxNanoseconds = 999_999_999;

    /// <summary>Of a file or directory that was made with more permissions for its owner than it is to have.</summary>
    internal void Apply(SafeFileHandle file, StatNs status, string guestPath, string hostPath)
    {
        SetOwner(file, status, hostPath);
        SetXattrs(file, guestPath);
        SetMode(file, status, hostPath);
        if (options.PreserveTimes)
        {
            nint* times = stackalloc nint[4];
            Times(status, times);
            Check(HostCalls.futimens(file, times), hostPath);
        }
    }

    /// <summary>Of a link or a special file.</summary>
    internal void Apply(HostDirectory directory, string name, StatNs status)
    {
        using SafeFileHandle entry = directory.OpenReference(name);
        string path = directory.NameOf(name);
        if (HostError.Status(entry, path).Type != ModeBits.TypeOf(status))
        {
            throw new GuestfsExtractionException(ExtractionProblem.TargetChanged, 0, $"{path} was replaced by somebody else just after it was made.");
        }

        SetOwner(entry, status, path);
        if (options.PreserveTimes)
        {
            // Kernels before 5.8 cannot do this without a name, and by name it might be another file by now.
            nint* times = stackalloc nint[4];
            Times(status, times);
            byte none = 0;
            _ = HostCalls.utimensat(entry, &none, times, HostCalls.EmptyPath);
        }
    }

    private void SetOwner(SafeFileHandle file, StatNs status, string path)
    {
        byte none = 0;
        if (options.PreserveOwners && HostCalls.fchownat(file, &none, (uint)status.StUid, (uint)status.StGid, HostCalls.EmptyPath) != 0)
        {
            // Invalid is an owner that the user namespace does not have.
            throw Marshal.GetLastPInvokeError() is HostCalls.PermissionDenied or HostCalls.Invalid
                ? HostError.Privilege($"{path} cannot be given to user {status.StUid} and group {status.StGid}", ApiName.Option(nameof(ExtractOptions), nameof(ExtractOptions.PreserveOwners)), "CAP_CHOWN")
                : HostError.Of($"The owner of {path} cannot be set");
        }
    }

    private void SetMode(SafeFileHandle file, StatNs status, string path)
    {
        int now = HostError.Status(file, path).Mode & ~ModeBits.TypeMask;
        int guest = (int)status.StMode;
        int wanted = (now & ~(ModeBits.OwnerAll & ~guest)) | (options.PreserveSpecialBits ? guest & ModeBits.Special : 0);
        if (wanted != now)
        {
            Check(HostCalls.fchmod(file, (uint)wanted), path);
        }
    }

    private void SetXattrs(SafeFileHandle file, string guestPath)
    {
        foreach (Xattr attribute in options.PreserveUserXattrs ? Read(guestPath) : [])
        {
            if (!attribute.Attrname.StartsWith("user.", StringComparison.Ordinal))
            {
                continue;
            }

            fixed (byte* name = HostDirectory.Native(attribute.Attrname), value = attribute.Attrval)
            {
                if (HostCalls.fsetxattr(file, name, value, (nuint)attribute.Attrval.Length, 0) != 0)
                {
                    tally.Skip(guestPath, ExtractSkipReason.XattrRefused, $"{attribute.Attrname}: {Marshal.GetLastPInvokeErrorMessage()}");
                }
            }
        }
    }

    private Xattr[] Read(string guestPath)
    {
        try
        {
            return g.Lgetxattrs(guestPath);
        }
        catch (GuestfsException e) when (e.Errno == HostCalls.NotSupported)
        {
            // This filesystem of the guest has none.
            return [];
        }
    }

    // A damaged filesystem can have nanoseconds that are none, and two such numbers have a meaning to the system call.
    private static void Times(StatNs status, nint* times)
    {
        times[0] = (nint)status.StAtimeSec;
        times[1] = (nint)Math.Clamp(status.StAtimeNsec, 0, MaxNanoseconds);
        times[2] = (nint)status.StMtimeSec;
        times[3] = (nint)Math.Clamp(status.StMtimeNsec, 0, MaxNanoseconds);
    }

    private static void Check(int result, string path)
    {
        if (result != 0)
        {
            throw HostError.Of($"The attributes of {path} cannot be set");
        }
    }
}

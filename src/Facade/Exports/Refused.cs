// What this library refuses although libguestfs does not.
using System.Diagnostics.CodeAnalysis;

namespace Guestfs.Exports;

/// <summary>The checks of the managed library, as a status. Nothing here throws.</summary>
internal static unsafe class Refused
{
    /// <summary>What is no disk.</summary>
    internal static gfs_status Disk(string operation, byte* filename, byte* protocol) =>
        Check(operation, () => DiskImage.Check(operation, NativeText.Read(filename), NativeText.ReadOptional(protocol)));

    /// <summary>A name that a program of the host would misunderstand.</summary>
    internal static gfs_status Name(string operation, byte* name, Action<string> check) => Check(operation, () => check(NativeText.Read(name)));

    /// <summary>What another check throws.</summary>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "None may reach C.")]
    internal static gfs_status Check(string operation, Action check)
    {
        try
        {
            check();
            return gfs_status.GFS_OK;
        }
        catch (Exception e)
        {
            return Failed.Because(operation, e);
        }
    }
}

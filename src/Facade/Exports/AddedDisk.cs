// Files that are to be added as disks.
using System.Diagnostics.CodeAnalysis;

namespace Guestfs.Exports;

/// <summary>The check of <see cref="DiskImage"/>, as a status.</summary>
internal static unsafe class AddedDisk
{
    /// <summary>Refuses a directory. Does not throw.</summary>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "None may reach C.")]
    internal static gfs_status Check(string operation, byte* filename, byte* protocol)
    {
        try
        {
            DiskImage.Check(operation, NativeText.Read(filename), NativeText.ReadOptional(protocol));
            return gfs_status.GFS_OK;
        }
        catch (Exception e)
        {
            return Failed.Because(operation, e);
        }
    }
}

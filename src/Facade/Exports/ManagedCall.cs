using System.Diagnostics.CodeAnalysis;

namespace Guestfs.Exports;

/// <summary>Functions for which the managed library does more than call C's.</summary>
internal static class ManagedCall
{
    /// <summary>Calls a method of a handle. Does not throw.</summary>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "None may reach C.")]
    internal static gfs_status Run(nint g, string operation, Action<GuestfsHandle> method)
    {
        if (HandleTable.Find(g) is not { } entry)
        {
            return CallError.InvalidHandle(operation);
        }

        try
        {
            method(entry.Handle);
            return gfs_status.GFS_OK;
        }
        catch (Exception e)
        {
            return CallError.FromException(operation, e);
        }
    }
}

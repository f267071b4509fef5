// What libguestfs says of a filesystem that is full has no error number where files are uploaded, and tar tells how many bytes it wrote.
using System.Globalization;

namespace Guestfs.Cli.Guests;

/// <summary>Knows when the guest's filesystem is full.</summary>
internal static class GuestSpace
{
    /// <summary>With less, in bytes, a filesystem counts as full.</summary>
    internal const long LeastRoom = 1 << 20;

    /// <summary>Whether there is as good as nothing left where a directory is. Filesystems keep some for themselves.</summary>
    internal static bool IsFull(GuestfsHandle g, string directory) => IsFull(g.Statvfs(directory));

    /// <summary>Writes to the guest, and where that fails and its filesystem is full, says so.</summary>
    /// <param name="g">The handle.</param>
    /// <param name="directory">Where in the guest it is written.</param>
    /// <param name="write">Writes.</param>
    internal static void Explain(GuestfsHandle g, string directory, Action write)
    {
        try
        {
            write();
        }
        catch (GuestfsException e) when (g.State == GuestfsState.Ready && g.Statvfs(directory) is var status && IsFull(status))
        {
            string left = (status.BAvail * status.FrSize).ToString(CultureInfo.InvariantCulture);
            throw new GuestfsException(
                e.Operation, e.Errno,
                $"{e.Message.TrimEnd('.')}. The guest's filesystem there is full: {left} bytes are left. "
                + "Remove something, or copy the disk to a larger one with 'gfs resize'.",
                e);
        }
    }

    private static bool IsFull(StatVfs status) =>
        status.BAvail * status.FrSize < LeastRoom || status.BAvail < status.Blocks / 50 || (status.Files > 0 && status.FFree == 0);
}

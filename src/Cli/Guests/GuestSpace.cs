// What libguestfs says of a filesystem that is full has no error number where files are uploaded, and tar tells how many bytes it wrote.
using System.Globalization;

namespace Guestfs.Cli.Guests;

/// <summary>Knows when the guest's filesystem is full.</summary>
internal static class GuestSpace
{
    /// <summary>With less, in bytes, a filesystem counts as full.</summary>
    internal const long LeastRoom = 1 << 20;

    /// <summary>Whether what is written to a new filesystem may have failed for want of space: some keep a part for themselves.</summary>
    internal static bool IsFull(GuestfsHandle g, string directory)
    {
        StatVfs status = g.Statvfs(directory);
        return Want(status) is not null || status.BAvail < status.Blocks / 50;
    }

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
        catch (GuestfsException e) when (g.State == GuestfsState.Ready && Want(g.Statvfs(directory)) is { } want)
        {
            throw new GuestfsException(
                e.Operation, e.Errno,
                $"{e.Message.TrimEnd('.')}. The guest's filesystem there is full: {want}. "
                + "Remove something, or copy the disk to a larger one with 'gfs resize'.",
                e);
        }
    }

    private static string? Want(StatVfs status) => status.Files > 0 && status.FFree == 0
        ? "no inode is left"
        : status.BAvail * status.FrSize is var left && left < LeastRoom
            ? string.Create(CultureInfo.InvariantCulture, $"{left} bytes are left")
            : null;
}

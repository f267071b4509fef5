// The way into the ext2 writer: lay an image out, then write it.
using Guestfs.Appliances.Common;
using Guestfs.Appliances.Host;
using Guestfs.Appliances.Plan;
using Microsoft.Win32.SafeHandles;

namespace Guestfs.Appliances.Ext2;

/// <summary>Makes ext2 images of file plans, without root rights.</summary>
internal static class Ext2Image
{
    /// <summary>Decides everything about an image. Reads no content, only where sparse files have their holes.</summary>
    /// <param name="plan">The files.</param>
    /// <param name="options">What the filesystem is to be like.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ApplianceException">The plan does not fit, or has what ext2 cannot hold.</exception>
    internal static Ext2Layout Plan(FilePlan plan, Ext2Options options, CancellationToken cancellationToken = default) =>
        Ext2Planner.Plan(plan, options, cancellationToken);

    /// <summary>Writes an image into a new file. The same layout and contents always give the same bytes.</summary>
    /// <param name="layout">What to write.</param>
    /// <param name="path">The file, which must not exist; after a failure it does not exist either.</param>
    /// <param name="progress">Is told of bytes written, by the calling thread.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>
    /// SHA-256 of the whole image, or its <see cref="DataDigest"/> if it <see cref="Ext2Layout.IsMostlyHoles"/>; null without
    /// <see cref="Ext2Options.ComputeDigest"/>.
    /// </returns>
    /// <exception cref="ApplianceException">A source cannot be read, or the image not be written.</exception>
    internal static byte[]? Write(
        Ext2Layout layout, string path, IProgress<ApplianceProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        SafeFileHandle file = OutputFault.Guard(path, () => File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write));
        bool complete = false;
        try
        {
            using SafeFileHandle open = file;
            using Ext2Writer writer = new(layout, open, progress, cancellationToken);
            byte[]? digest = writer.Write();
            complete = true;
            return digest;
        }
        catch (Exception exception) when (OutputFault.Is(exception))
        {
            throw OutputFault.From(path, exception);
        }
        finally
        {
            if (!complete)
            {
                File.Delete(path);
            }
        }
    }
}

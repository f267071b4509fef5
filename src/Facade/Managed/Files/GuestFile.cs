// What the streams read and write: a file of the guest or a device of the appliance, named anew in each call.
using Guestfs.Interop;

namespace Guestfs;

/// <summary>A file or a device.</summary>
internal sealed class GuestFile
{
    private const int Eexist = 17;

    private readonly string path;

    private GuestFile(GuestfsHandle g, string path, bool isDevice, long length) =>
        (Handle, this.path, IsDevice, Length) = (g, path, isDevice, length);

    internal GuestfsHandle Handle { get; }

    internal bool IsDevice { get; }

    /// <summary>Its size in bytes when it was opened.</summary>
    internal long Length { get; }

    /// <summary>Something that exists.</summary>
    internal static GuestFile Open(GuestfsHandle g, string path) => OpenDevice(g, path) ?? new GuestFile(g, path, false, g.Filesize(path));

    /// <summary>Something to write, made or emptied as the mode says.</summary>
    internal static GuestFile Open(GuestfsHandle g, string path, FileMode mode)
    {
        if (OpenDevice(g, path) is { } device)
        {
            return mode is FileMode.Open or FileMode.OpenOrCreate
                ? device
                : throw new ArgumentException(
                    $"{PrintableText.Line(path)} is a device: it can be opened with {nameof(FileMode.Open)}, not made, "
                    + "emptied or appended to.", nameof(mode));
        }

        switch (mode)
        {
            case FileMode.CreateNew when g.Exists(path):
                throw new GuestfsException(
                    "write", Eexist,
                    $"write: {PrintableText.Line(path)} exists already. Open it with {nameof(FileMode.Create)} to replace what is in it.");
            case FileMode.CreateNew or FileMode.Create:
                g.Write(path, []);
                break;
            case FileMode.Truncate:
                g.Truncate(path);
                break;
            case FileMode.OpenOrCreate or FileMode.Append when !g.Exists(path):
                g.Write(path, []);
                break;
            case FileMode.OpenOrCreate or FileMode.Append or FileMode.Open:
                return new GuestFile(g, path, false, g.Filesize(path));
            default:
                throw new ArgumentOutOfRangeException(nameof(mode), mode, null);
        }

        return new GuestFile(g, path, false, 0);
    }

    internal GuestfsBuffer Read(int count, long offset) =>
        IsDevice ? Handle.PreadDeviceBuffer(path, count, offset) : Handle.PreadBuffer(path, count, offset);

    /// <summary>Writes all of the bytes.</summary>
    internal void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        while (!bytes.IsEmpty)
        {
            int written = IsDevice ? Handle.PwriteDevice(path, bytes, offset) : Handle.Pwrite(path, bytes, offset);
            if (written == 0)
            {
                throw new GuestfsException("pwrite", Libc.EIO, $"pwrite: {PrintableText.Line(path)} takes no more bytes at {offset}.");
            }

            GuestfsMetrics.CountWritten(written);
            bytes = bytes[written..];
            offset += written;
        }
    }

    internal void SetLength(long length) => Handle.TruncateSize(path, length);

    // libguestfs takes a name below /dev for a file of the guest unless the appliance has such a device; what begins with
    // /dev/sd is always a device to it.
    private static GuestFile? OpenDevice(GuestfsHandle g, string path)
    {
        if (!path.StartsWith("/dev/", StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            return new GuestFile(g, path, true, g.BlockdevGetsize64(path));
        }
        catch (GuestfsException) when (!path.StartsWith("/dev/sd", StringComparison.Ordinal))
        {
            return null;
        }
    }
}

// Files of the guest as streams.
namespace Guestfs;

public sealed partial class GuestfsHandle
{
    /// <summary>Opens a guest file or a block device for reading.</summary>
    /// <param name="path">Absolute path in the guest, or a device such as <c>/dev/sda1</c>.</param>
    /// <returns>A seekable stream. <see cref="Stream.Length"/> is the size at this moment.</returns>
    /// <exception cref="GuestfsException">There is no such file; or, while reading, it is gone or cannot be read.</exception>
    /// <remarks>
    /// <para>Sequential reading takes 1 MiB with a call, and holds it in C's memory; after a seek it begins with 64 KiB. Each
    /// call names the file: what is at the path then is read. Asynchronous reads leave the calls to the handle's own
    /// thread. The stream is for one reader at a time.</para>
    /// <para>guestfs(3): <c>guestfs_pread</c>, <c>guestfs_pread_device</c>, <c>guestfs_filesize</c>,
    /// <c>guestfs_blockdev_getsize64</c>.</para>
    /// </remarks>
    /// <example>
    /// <code>
    /// using StreamReader reader = new(g.OpenRead("/var/log/messages"));
    /// Console.WriteLine(reader.ReadLine());
    /// </code>
    /// </example>
    public Stream OpenRead(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new GuestReadStream(GuestFile.Open(this, path));
    }

    /// <summary>The same as <see cref="OpenRead"/> without blocking.</summary>
    /// <param name="path">Absolute path in the guest, or a device such as <c>/dev/sda1</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A seekable stream.</returns>
    /// <exception cref="GuestfsException">There is no such file.</exception>
    /// <remarks>guestfs(3): <c>guestfs_filesize</c>, <c>guestfs_blockdev_getsize64</c>.</remarks>
    public Task<Stream> OpenReadAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        return RunAsync(handle => handle.OpenRead(path), cancellationToken: cancellationToken);
    }

    /// <summary>Opens a guest file or a block device for writing.</summary>
    /// <param name="path">Absolute path in the guest, or a device such as <c>/dev/sda1</c>.</param>
    /// <param name="mode">
    /// What becomes of a file that exists, and of one that does not. A device is opened with <see cref="FileMode.Open"/>.
    /// <see cref="FileMode.Append"/> begins at the end of the file.
    /// </param>
    /// <returns>A seekable stream. Disposing it writes what it still holds, and throws if that fails.</returns>
    /// <exception cref="GuestfsException">The file does not exist, or does with <see cref="FileMode.CreateNew"/>; or, while writing, the
    /// filesystem is full or the like.</exception>
    /// <exception cref="ArgumentException">The mode is not for devices.</exception>
    /// <remarks>
    /// <para>Holds up to 1 MiB. <see cref="Stream.Flush"/> hands it to the appliance; <see cref="GuestfsHandle.Sync"/> has the
    /// appliance write it to the disk. Bytes whose writing failed, or was canceled, are gone. The stream is for one
    /// writer at a time.</para>
    /// <para>guestfs(3): <c>guestfs_pwrite</c>, <c>guestfs_pwrite_device</c>,
    /// <c>guestfs_write</c>, <c>guestfs_truncate</c>, <c>guestfs_truncate_size</c>.</para>
    /// </remarks>
    /// <example>
    /// <code>
    /// using StreamWriter writer = new(g.OpenWrite("/etc/motd", FileMode.Create));
    /// writer.WriteLine("Welcome");
    /// </code>
    /// </example>
    public Stream OpenWrite(string path, FileMode mode)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new GuestWriteStream(GuestFile.Open(this, path, mode), mode == FileMode.Append);
    }

    /// <summary>The same as <see cref="OpenWrite"/> without blocking.</summary>
    /// <param name="path">Absolute path in the guest, or a device such as <c>/dev/sda1</c>.</param>
    /// <param name="mode">What becomes of a file that exists, and of one that does not.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A seekable stream.</returns>
    /// <exception cref="GuestfsException">The file does not exist, or does with <see cref="FileMode.CreateNew"/>.</exception>
    /// <exception cref="ArgumentException">The mode is not for devices.</exception>
    /// <remarks>guestfs(3): <c>guestfs_filesize</c>, <c>guestfs_blockdev_getsize64</c>,
    /// <c>guestfs_write</c>, <c>guestfs_truncate</c>.</remarks>
    public Task<Stream> OpenWriteAsync(string path, FileMode mode, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        return RunAsync(handle => handle.OpenWrite(path, mode), cancellationToken: cancellationToken);
    }
}

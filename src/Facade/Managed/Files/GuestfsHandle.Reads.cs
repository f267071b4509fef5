// Reads whose bytes go where the caller wants them, without an array in between.
using Guestfs.Interop;

namespace Guestfs;

public sealed unsafe partial class GuestfsHandle
{
    /// <summary>The bytes of one message: larger ones are no quicker, and near the limit of 4 MiB much slower.</summary>
    internal const int MaxMessage = 1 << 20;

    /// <summary>Reads part of a guest file into memory of the caller.</summary>
    /// <param name="path">Absolute path in the guest.</param>
    /// <param name="destination">Where the bytes go; of any length, with one call for each 1 MiB.</param>
    /// <param name="offset">First byte, counted from 0.</param>
    /// <returns>How many bytes were read: fewer than there is room for only at the end of the file, 0 past it.</returns>
    /// <exception cref="GuestfsException">The file cannot be read.</exception>
    /// <remarks>guestfs(3): <c>guestfs_pread</c>.</remarks>
    public int Pread(string path, Span<byte> destination, long offset)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Fill(path, device: false, destination, offset);
    }

    /// <summary>Reads part of a block device into memory of the caller.</summary>
    /// <param name="device">Block device in the appliance, such as <c>/dev/sda1</c>.</param>
    /// <param name="destination">Where the bytes go; of any length, with one call for each 1 MiB.</param>
    /// <param name="offset">First byte, counted from 0.</param>
    /// <returns>How many bytes were read: fewer than there is room for only at the end of the device, 0 past it.</returns>
    /// <exception cref="GuestfsException">The device cannot be read.</exception>
    /// <remarks>guestfs(3): <c>guestfs_pread_device</c>.</remarks>
    public int PreadDevice(string device, Span<byte> destination, long offset)
    {
        ArgumentNullException.ThrowIfNull(device);
        return Fill(device, device: true, destination, offset);
    }

    /// <summary>Reads part of a guest file into memory that the result owns.</summary>
    /// <param name="path">Absolute path in the guest.</param>
    /// <param name="count">Number of bytes wanted, a little under 4 MiB at most.</param>
    /// <param name="offset">First byte, counted from 0.</param>
    /// <returns>The bytes, fewer than wanted at the end of the file and none past it. The caller disposes them.</returns>
    /// <exception cref="GuestfsException">The file cannot be read, or <paramref name="count"/> is too large for one message.</exception>
    /// <remarks>guestfs(3): <c>guestfs_pread</c>.</remarks>
    public GuestfsBuffer PreadBuffer(string path, int count, long offset)
    {
        return ReadBlock(path, device: false, count, offset);
    }

    /// <summary>Reads part of a block device into memory that the result owns.</summary>
    /// <param name="device">Block device in the appliance, such as <c>/dev/sda1</c>.</param>
    /// <param name="count">Number of bytes wanted, a little under 4 MiB at most.</param>
    /// <param name="offset">First byte, counted from 0.</param>
    /// <returns>The bytes, fewer than wanted at the end of the device and none past it. The caller disposes them.</returns>
    /// <exception cref="GuestfsException">The device cannot be read, or <paramref name="count"/> is too large for one message.</exception>
    /// <remarks>guestfs(3): <c>guestfs_pread_device</c>.</remarks>
    public GuestfsBuffer PreadDeviceBuffer(string device, int count, long offset)
    {
        return ReadBlock(device, device: true, count, offset);
    }

    /// <summary>Reads a whole guest file into memory that the result owns.</summary>
    /// <param name="path">Absolute path in the guest.</param>
    /// <returns>The bytes. The caller disposes them.</returns>
    /// <exception cref="GuestfsException">The file cannot be read, or has 2 GiB or more.</exception>
    /// <remarks>guestfs(3): <c>guestfs_read_file</c>.</remarks>
    public GuestfsBuffer ReadFileBuffer(string path)
    {
        NativeBlock block = new();
        using Call call = new(this, stackalloc byte[Call.StackSize]);
        byte* native = call.String(path);
        nuint size;
        byte* result = LibGuestfs.guestfs_read_file(call.Handle, native, &size);
        if (result == null)
        {
            throw call.Failure("read_file", CallState.Ready);
        }

        block.Own(result);
        return new GuestfsBuffer(block, size, "read_file");
    }

    private int Fill(string source, bool device, Span<byte> destination, long offset)
    {
        int total = 0;
        int wanted, read;
        do
        {
            wanted = Math.Min(destination.Length - total, MaxMessage);
            using GuestfsBuffer bytes = ReadBlock(source, device, wanted, checked(offset + total));
            bytes.GetSpan().CopyTo(destination[total..]);
            read = bytes.Length;
            total += read;
        }
        while (read == wanted && total < destination.Length);

        return total;
    }

    private GuestfsBuffer ReadBlock(string source, bool device, int count, long offset)
    {
        NativeBlock block = new();
        using Call call = new(this, stackalloc byte[Call.StackSize]);
        byte* native = call.String(source, device ? "device" : "path");
        nuint size;
        byte* result = device
            ? LibGuestfs.guestfs_pread_device(call.Handle, native, count, offset, &size)
            : LibGuestfs.guestfs_pread(call.Handle, native, count, offset, &size);
        if (result == null)
        {
            throw call.Failure(device ? "pread_device" : "pread", CallState.Ready);
        }

        block.Own(result);
        return new GuestfsBuffer(block, size, "pread");
    }
}

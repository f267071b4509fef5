// Reads whose bytes go where the caller wants them, without an array in between.
using Guestfs.Interop;

namespace Guestfs;

/// <summary>Reads files and devices of the guest into memory.</summary>
public static unsafe class GuestfsReadExtensions
{
    /// <summary>The bytes of one message: larger ones are no quicker, and near the limit of 4 MiB much slower.</summary>
    internal const int Message = 1 << 20;

    /// <summary>Reads part of a guest file into memory of the caller.</summary>
    /// <param name="g">The handle.</param>
    /// <param name="path">Absolute path in the guest.</param>
    /// <param name="destination">Where the bytes go; of any length, with one call for each 1 MiB.</param>
    /// <param name="offset">First byte, counted from 0.</param>
    /// <returns>How many bytes were read: fewer than there is room for only at the end of the file, 0 past it.</returns>
    /// <exception cref="GuestfsException">The file cannot be read.</exception>
    /// <remarks>guestfs(3): <c>guestfs_pread</c>.</remarks>
    public static int Pread(this GuestfsHandle g, string path, Span<byte> destination, long offset)
    {
        ArgumentNullException.ThrowIfNull(g);
        ArgumentNullException.ThrowIfNull(path);
        return Fill(g, path, device: false, destination, offset);
    }

    /// <summary>Reads part of a block device into memory of the caller.</summary>
    /// <param name="g">The handle.</param>
    /// <param name="device">Block device in the appliance, such as <c>/dev/sda1</c>.</param>
    /// <param name="destination">Where the bytes go; of any length, with one call for each 1 MiB.</param>
    /// <param name="offset">First byte, counted from 0.</param>
    /// <returns>How many bytes were read: fewer than there is room for only at the end of the device, 0 past it.</returns>
    /// <exception cref="GuestfsException">The device cannot be read.</exception>
    /// <remarks>guestfs(3): <c>guestfs_pread_device</c>.</remarks>
    public static int PreadDevice(this GuestfsHandle g, string device, Span<byte> destination, long offset)
    {
        ArgumentNullException.ThrowIfNull(g);
        ArgumentNullException.ThrowIfNull(device);
        return Fill(g, device, device: true, destination, offset);
    }

    /// <summary>Reads part of a guest file into memory that the result owns.</summary>
    /// <param name="g">The handle.</param>
    /// <param name="path">Absolute path in the guest.</param>
    /// <param name="count">Number of bytes wanted, a little under 4 MiB at most.</param>
    /// <param name="offset">First byte, counted from 0.</param>
    /// <returns>The bytes, fewer than wanted at the end of the file and none past it. The caller disposes them.</returns>
    /// <exception cref="GuestfsException">The file cannot be read, or <paramref name="count"/> is too large for one message.</exception>
    /// <remarks>guestfs(3): <c>guestfs_pread</c>.</remarks>
    public static GuestfsBuffer PreadBuffer(this GuestfsHandle g, string path, int count, long offset)
    {
        ArgumentNullException.ThrowIfNull(g);
        return Read(g, path, device: false, count, offset);
    }

    /// <summary>Reads part of a block device into memory that the result owns.</summary>
    /// <param name="g">The handle.</param>
    /// <param name="device">Block device in the appliance, such as <c>/dev/sda1</c>.</param>
    /// <param name="count">Number of bytes wanted, a little under 4 MiB at most.</param>
    /// <param name="offset">First byte, counted from 0.</param>
    /// <returns>The bytes, fewer than wanted at the end of the device and none past it. The caller disposes them.</returns>
    /// <exception cref="GuestfsException">The device cannot be read, or <paramref name="count"/> is too large for one message.</exception>
    /// <remarks>guestfs(3): <c>guestfs_pread_device</c>.</remarks>
    public static GuestfsBuffer PreadDeviceBuffer(this GuestfsHandle g, string device, int count, long offset)
    {
        ArgumentNullException.ThrowIfNull(g);
        return Read(g, device, device: true, count, offset);
    }

    /// <summary>Reads a whole guest file into memory that the result owns.</summary>
    /// <param name="g">The handle.</param>
    /// <param name="path">Absolute path in the guest.</param>
    /// <returns>The bytes. The caller disposes them.</returns>
    /// <exception cref="GuestfsException">The file cannot be read, or has 2 GiB or more.</exception>
    /// <remarks>guestfs(3): <c>guestfs_read_file</c>.</remarks>
    public static GuestfsBuffer ReadFileBuffer(this GuestfsHandle g, string path)
    {
        ArgumentNullException.ThrowIfNull(g);
        NativeBlock block = new();
        using Call call = new(g, stackalloc byte[Call.StackSize]);
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

    private static int Fill(GuestfsHandle g, string source, bool device, Span<byte> destination, long offset)
    {
        int total = 0;
        int wanted, read;
        do
        {
            wanted = Math.Min(destination.Length - total, Message);
            using GuestfsBuffer bytes = Read(g, source, device, wanted, checked(offset + total));
            bytes.GetSpan().CopyTo(destination[total..]);
            read = bytes.Length;
            total += read;
        }
        while (read == wanted && total < destination.Length);

        return total;
    }

    private static GuestfsBuffer Read(GuestfsHandle g, string source, bool device, int count, long offset)
    {
        NativeBlock block = new();
        using Call call = new(g, stackalloc byte[Call.StackSize]);
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

// Reads into memory of the caller and into native memory, compared with the host's copy of the same bytes.
using System.Buffers;
using System.Security.Cryptography;

using Guestfs.IntegrationTests.Support;

using Xunit;

namespace Guestfs.IntegrationTests.Files;

[Collection(nameof(FilesAppliance))]
public sealed class MemoryReadTests(FilesAppliance appliance)
{
    private readonly GuestfsHandle g = appliance.Guestfs;

    [Fact]
    public void Parts_of_any_length_and_place_are_those_of_the_copy_on_the_host()
    {
        (string file, byte[] content) = RandomFile((3 << 20) + 17);
        (int Offset, int Length)[] parts =
        [
            (0, 0), (0, 1), (17, 4096), (5, 1 << 20), (1, (2 << 20) + 3), (0, content.Length), (100, content.Length),
            (content.Length - 1, 10), (content.Length, 10), (content.Length + 4096, 10),
        ];
        foreach ((int offset, int length) in parts)
        {
            byte[] expected = [.. content.Skip(offset).Take(length)];
            byte[] destination = new byte[length];
            Assert.Equal(expected.Length, g.Pread(file, destination, offset));
            Assert.Equal(expected, destination[..expected.Length]);
            Assert.All(destination[expected.Length..], b => Assert.Equal(0, b));

            using GuestfsBuffer buffer = g.PreadBuffer(file, length, offset);
            Assert.Equal(expected.Length, buffer.Length);
            Assert.Equal(expected, buffer.Memory.ToArray());
        }

        using GuestfsBuffer whole = g.ReadFileBuffer(file);
        Assert.Equal(content, whole.GetSpan());
    }

    [Fact]
    public void Parts_of_a_device_are_those_that_dd_reads()
    {
        const int length = (1 << 20) + 512;
        appliance.Flush();
        byte[] destination = new byte[length];
        Assert.Equal(length, g.PreadDevice("/dev/sda", destination, 1024));
        using GuestfsBuffer buffer = g.PreadDeviceBuffer("/dev/sda", length, 1024);
        string expected = appliance.Shell(
            $"dd if=$(readlink -f /dev/disk/by-path/*-scsi-0:0:0:0 | head -n 1) bs=512 skip=2 count={length / 512} status=none | "
            + "sha256sum")[..64];
        Assert.Equal(expected, Convert.ToHexStringLower(SHA256.HashData(destination)));
        Assert.Equal(expected, Convert.ToHexStringLower(SHA256.HashData(buffer.GetSpan())));

        long size = g.BlockdevGetsize64("/dev/sda");
        Assert.Equal(10, g.PreadDevice("/dev/sda", destination, size - 10));
        Assert.Equal(0, g.PreadDevice("/dev/sda", destination, size));
    }

    [Fact]
    public void A_failed_read_says_which_function_failed_and_why()
    {
        byte[] destination = new byte[10];
        GuestfsException missing = Assert.Throws<GuestfsException>(() => g.Pread("/missing", destination, 0));
        Assert.Equal(("pread", 2), (missing.Operation, missing.Errno));
        Assert.Equal("pread", Assert.Throws<GuestfsException>(() => g.Pread("/missing", [], 0)).Operation);
        Assert.Equal("read_file", Assert.Throws<GuestfsException>(() => g.ReadFileBuffer("/missing")).Operation);
        Assert.Equal("pread_device", Assert.Throws<GuestfsException>(() => g.PreadDevice("/dev/sdzz", destination, 0)).Operation);
        Assert.Throws<ArgumentException>("path", () => g.Pread("/a\0b", destination, 0));
        Assert.Throws<ArgumentNullException>("device", () => g.PreadDeviceBuffer(null!, 1, 0));
    }

    [Fact]
    public void A_large_read_allocates_no_managed_memory_for_its_bytes()
    {
        (string file, byte[] content) = RandomFile(3 << 20);
        byte[] destination = new byte[content.Length];
        Assert.InRange(Allocated(() => g.Pread(file, destination, 0)), 0, 2000);
        Assert.InRange(Allocated(() => g.ReadFileBuffer(file).Dispose()), 0, 1000);
        Assert.InRange(Allocated(() => g.PreadBuffer(file, 2 << 20, 0).Dispose()), 0, 1000);
    }

    [Fact]
    public void A_buffer_is_safe_to_use_after_it_is_disposed_and_outlives_that_while_pinned()
    {
        (string file, byte[] content) = RandomFile(100_000);
        GuestfsBuffer buffer = g.ReadFileBuffer(file);
        Memory<byte> memory = buffer.Memory[10..20];
        using (MemoryHandle pinned = memory.Pin())
        {
            buffer.Dispose();
            unsafe
            {
                Assert.Equal(content.AsSpan(10, 10), new ReadOnlySpan<byte>(pinned.Pointer, 10));
            }
        }

        buffer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => memory.Span.Length);
        Assert.Throws<ObjectDisposedException>(() => buffer.Memory);
        Assert.Throws<ObjectDisposedException>(() => { using MemoryHandle pinned = buffer.Pin(); });
    }

    private (string File, byte[] Content) RandomFile(int length)
    {
        byte[] content = new byte[length];
        new Random(length).NextBytes(content);
        string file = appliance.NewDirectory() + "/file";
        appliance.Upload(file, content);
        return (file, content);
    }

    private static long Allocated(Action action)
    {
        action();
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}

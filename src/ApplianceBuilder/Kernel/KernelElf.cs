// Takes the ELF file out of an x86 bzImage. qemu starts it through its PVH entry, and the machine need not decompress it,
// which an emulated one does slowly.
using System.Buffers.Binary;
using System.Runtime.InteropServices;

using Guestfs.Appliances.Archives;
using Guestfs.Appliances.Elf;
using Guestfs.Appliances.Plan;

namespace Guestfs.Appliances.Kernel;

/// <summary>Unpacks kernels.</summary>
internal static class KernelElf
{
    private const int MagicOffset = 0x202, ProtocolOffset = 0x206, SetupSectorsOffset = 0x1F1, PayloadOffset = 0x248,
        PayloadLengthOffset = 0x24C, HeaderLength = 0x250;
    private const int SectorLength = 512, DefaultSetupSectors = 4;

    // The protocol that says where the payload is.
    private const int MinProtocol = 0x208;

    private const int MaxPackedSize = 256 << 20, MaxUnpackedSize = 512 << 20;

    /// <summary>The kernel as an uncompressed ELF file with a PVH entry, or null if it cannot be had from that image.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="withTypes">Whether it keeps its account of types.</param>
    /// <param name="log">Told which of both it is, and why.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ApplianceException">The image cannot be read.</exception>
    internal static FileContent? Unpack(KernelChoice kernel, bool withTypes, Action<string>? log, CancellationToken cancellationToken)
    {
        (ReadOnlyMemory<byte>? elf, string reason) = kernel.Image.Length > MaxPackedSize
            ? ((ReadOnlyMemory<byte>?)null, "it is too large")
            : Unpack(kernel.Image.ReadAll(), kernel.ImagePath, withTypes, cancellationToken);
        log?.Invoke(elf is null
            ? $"kernel: {kernel.ImagePath} is taken as it is: {reason}"
            : $"kernel: unpacked to an ELF file of {elf.Value.Length >> 20} MiB");
        return elf is null ? null : new BytesContent(elf.Value);
    }

    private static (ReadOnlyMemory<byte>? Elf, string Reason) Unpack(
        byte[] image, string name, bool withTypes, CancellationToken cancellationToken)
    {
        if (FindPayload(image) is not { } payload)
        {
            return (null, "it is not a bzImage of boot protocol 2.08 or later");
        }

        try
        {
            (byte[] elf, int length) = Decompress(payload, name, cancellationToken);
            if (!withTypes)
            {
                KernelTypes.Clear(elf.AsSpan(0, length));
            }

            return PvhNote.Find(elf.AsSpan(0, length)) is { } entry
                ? (elf.AsMemory(0, PvhArguments.AddTo(elf, length, entry)), "")
                : (null, "it has no PVH entry");
        }
        catch (ApplianceException e) when (e.Problem == ApplianceProblem.InvalidArchive)
        {
            return (null, $"its payload cannot be unpacked ({e.Message})");
        }
    }

    private static ReadOnlyMemory<byte>? FindPayload(byte[] image)
    {
        if (image.Length < HeaderLength || !image.AsSpan(MagicOffset).StartsWith("HdrS"u8)
            || BinaryPrimitives.ReadUInt16LittleEndian(image.AsSpan(ProtocolOffset)) < MinProtocol)
        {
            return null;
        }

        int sectors = image[SetupSectorsOffset] is > 0 and byte count ? count : DefaultSetupSectors;
        long start = ((sectors + 1L) * SectorLength) + BinaryPrimitives.ReadUInt32LittleEndian(image.AsSpan(PayloadOffset));
        long length = BinaryPrimitives.ReadUInt32LittleEndian(image.AsSpan(PayloadLengthOffset));
        return length > sizeof(uint) && start + length <= image.Length ? image.AsMemory((int)start, (int)length) : null;
    }

    // Into a buffer in which the kernel can grow: it is large, and copying it would take as much memory again.
    // The kernel's build puts the unpacked length behind the packed bytes; gzip ends with just that anyway.
    private static (byte[] Elf, int Length) Decompress(ReadOnlyMemory<byte> payload, string name, CancellationToken cancellationToken)
    {
        int length = BinaryPrimitives.ReadInt32LittleEndian(payload.Span[^sizeof(uint)..]);
        ReadOnlyMemory<byte> packed = payload.Span.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]) ? payload : payload[..^sizeof(uint)];
        if (length is <= 0 or > MaxUnpackedSize)
        {
            throw ArchiveFault.In(name, $"its kernel claims to have {(uint)length} bytes unpacked.");
        }

        byte[] elf = new byte[length + PvhArguments.Room];
        if (Lz4Frame.IsLegacy(packed.Span))
        {
            return Lz4Frame.Decode(packed.Span, elf.AsSpan(0, length)) == length
                ? (elf, length)
                : throw ArchiveFault.In(name, "its kernel is shorter than it should be.");
        }

        using Stream unpacked = Compression.Unpack(Reader(packed), name, length);
        for (int at = 0; at < length;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = unpacked.Read(elf, at, length - at);
            if (count == 0)
            {
                throw ArchiveFault.In(name, "its kernel is shorter than it should be.");
            }

            at += count;
        }

        return (elf, length);
    }

    private static MemoryStream Reader(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out ArraySegment<byte> array)
            ? new(array.Array!, array.Offset, array.Count, writable: false)
            : throw new InvalidOperationException("The image is an array.");
}

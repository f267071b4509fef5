// Reads what the headers of images say of other files. An image can say anything: what is read is small, and nothing is followed here.
using System.Buffers.Binary;

using Guestfs.Interop;

using Microsoft.Win32.SafeHandles;

namespace Guestfs;

/// <summary>The files that an image is made of besides itself.</summary>
/// <param name="BackingFile">What it is an overlay of, as the image names it; null if it is none.</param>
/// <param name="BackingFormat">The format of that; null if it is to be guessed.</param>
/// <param name="DataFiles">The files with its data.</param>
internal sealed record ImageHeader(string? BackingFile, string? BackingFormat, IReadOnlyList<string> DataFiles)
{
    private const int MaxHeader = 1 << 16, MaxName = 1023, SectorSize = 512;

    /// <summary>Reads the header of an image; null if it names no other file.</summary>
    internal static ImageHeader? TryRead(string path)
    {
        try
        {
            using SafeFileHandle? file = HostCalls.TryOpen(path, Libc.O_RDONLY | Libc.O_NONBLOCK, out _);
            if (file is null
                || HostCalls.Status(file, out statx status) != 0
                || (status.stx_mode & Libc.S_IFMT) is not (Libc.S_IFREG or Libc.S_IFBLK))
            {
                return null;
            }

            byte[] buffer = new byte[MaxHeader];
            ReadOnlyMemory<byte> start = buffer.AsMemory(0, RandomAccess.Read(file, buffer, 0));
            return start.Span switch
            {
                [(byte)'Q', (byte)'F', (byte)'I', 0xFB, ..] => Qcow(file, start.Span),
                [(byte)'Q', (byte)'E', (byte)'D', 0, ..] => Qed(file, start.Span),
                [(byte)'K', (byte)'D', (byte)'M', (byte)'V', ..] => SparseVmdk(file, start.Span),
                [(byte)'#', ..] => Vmdk(start.Span),
                _ => null,
            };
        }
        catch (IOException)
        {
            return null;
        }
    }

    // docs/interop/qcow2.txt of qemu. The first version has the same place for the name, and no extensions.
    private static ImageHeader? Qcow(SafeFileHandle file, ReadOnlySpan<byte> header)
    {
        const int Version = 4, Offset = 8, Size = 16, Length2 = 72, Length = 100;
        const uint End = 0, Format = 0xE2792ACA, DataFile = 0x44415441;
        if (header.Length < Length + 4)
        {
            return null;
        }

        string? backing = ReadName(
            file, BinaryPrimitives.ReadInt64BigEndian(header[Offset..]), BinaryPrimitives.ReadUInt32BigEndian(header[Size..]));
        string? format = null;
        List<string> data = [];
        uint version = BinaryPrimitives.ReadUInt32BigEndian(header[Version..]);
        uint at = version switch { 2 => Length2, >= 3 => BinaryPrimitives.ReadUInt32BigEndian(header[Length..]), _ => uint.MaxValue };
        while (at < header.Length - 8)
        {
            uint kind = BinaryPrimitives.ReadUInt32BigEndian(header[(int)at..]);
            uint size = BinaryPrimitives.ReadUInt32BigEndian(header[((int)at + 4)..]);
            at += 8;
            if (kind == End || size > header.Length - at)
            {
                break;
            }

            string text = LosslessUtf8.GetString(header.Slice((int)at, (int)size));
            if (kind == Format)
            {
                format = text;
            }
            else if (kind == DataFile)
            {
                data.Add(text);
            }

            at += (size + 7) & ~7u;
        }

        return backing is null && data.Count == 0 ? null : new ImageHeader(backing, format, data);
    }

    // docs/interop/qed_spec.rst.
    private static ImageHeader? Qed(SafeFileHandle file, ReadOnlySpan<byte> header)
    {
        const int Features = 16, Offset = 56, Size = 60, HasBackingFile = 1, IsRaw = 4;
        if (header.Length < Size + 4 || (header[Features] & HasBackingFile) == 0)
        {
            return null;
        }

        uint offset = BinaryPrimitives.ReadUInt32LittleEndian(header[Offset..]);
        uint size = BinaryPrimitives.ReadUInt32LittleEndian(header[Size..]);
        return ReadName(file, offset, size) is { } name
            ? new ImageHeader(name, (header[Features] & IsRaw) != 0 ? "raw" : null, [])
            : null;
    }

    private static ImageHeader? SparseVmdk(SafeFileHandle file, ReadOnlySpan<byte> header)
    {
        const int Offset = 28, Size = 36;
        if (header.Length < Size + 8)
        {
            return null;
        }

        long sector = BinaryPrimitives.ReadInt64LittleEndian(header[Offset..]);
        long sectors = BinaryPrimitives.ReadInt64LittleEndian(header[Size..]);
        byte[] descriptor = new byte[Math.Clamp(sectors, 0, MaxHeader / SectorSize) * SectorSize];
        return sector is > 0 and < long.MaxValue / SectorSize
            ? Vmdk(descriptor.AsSpan(0, RandomAccess.Read(file, descriptor, sector * SectorSize)))
            : null;
    }

    // Lines such as: RW 4192256 SPARSE "disk-s001.vmdk", and: parentFileNameHint="base.vmdk".
    private static ImageHeader? Vmdk(ReadOnlySpan<byte> descriptor)
    {
        string? parent = null;
        List<string> extents = [];
        foreach (string line in LosslessUtf8.GetString(descriptor).Split('\n'))
        {
            // What is quoted.
            if (line.Split('"') is not [var before, var name, ..] || name.Length == 0)
            {
                continue;
            }

            if (before == "parentFileNameHint=")
            {
                parent = name;
            }
            else if (before.StartsWith("RW ", StringComparison.Ordinal) || before.StartsWith("RDONLY ", StringComparison.Ordinal))
            {
                extents.Add(name);
            }
        }

        return parent is not null || extents.Count > 0 ? new ImageHeader(parent, null, extents) : null;
    }

    private static string? ReadName(SafeFileHandle file, long offset, uint size)
    {
        if (offset <= 0 || size is 0 or > MaxName)
        {
            return null;
        }

        byte[] name = new byte[size];
        return RandomAccess.Read(file, name, offset) == size ? LosslessUtf8.GetString(name) : null;
    }
}

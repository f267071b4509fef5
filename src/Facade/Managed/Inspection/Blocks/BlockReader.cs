// Readers of partition tables and superblocks: code without an appliance, over whatever gives bytes. All that they read is the
// guest's, so every offset and count in it is checked, and nothing that is read decides how long a loop runs or how much is allocated.
using System.Buffers.Binary;

namespace Guestfs;

/// <summary>A disk, partition or volume of which parts can be read.</summary>
internal abstract class BlockReader
{
    /// <summary>Reads from a place; fewer bytes, or none, where the device ends or cannot be read.</summary>
    internal abstract ReadOnlySpan<byte> Read(long offset, int count);

    /// <summary>Its size in bytes, or null if that is not known.</summary>
    internal abstract long? Size { get; }
}

/// <summary>Numbers in bytes that may be too few: what is not there is 0.</summary>
internal static class BlockBytes
{
    internal static ushort U16(this ReadOnlySpan<byte> bytes, int at) =>
        At(bytes, at, 2) is { Length: 2 } part ? BinaryPrimitives.ReadUInt16LittleEndian(part) : (ushort)0;

    internal static uint U32(this ReadOnlySpan<byte> bytes, int at) =>
        At(bytes, at, 4) is { Length: 4 } part ? BinaryPrimitives.ReadUInt32LittleEndian(part) : 0;

    internal static ulong U64(this ReadOnlySpan<byte> bytes, int at) =>
        At(bytes, at, 8) is { Length: 8 } part ? BinaryPrimitives.ReadUInt64LittleEndian(part) : 0;

    internal static uint BigU32(this ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReverseEndianness(U32(bytes, at));

    internal static ulong BigU64(this ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReverseEndianness(U64(bytes, at));

    /// <summary>The size of some units; 0 for one that no device has.</summary>
    internal static long Size(ulong count, uint unit) => unit > 0 && count <= (ulong)(long.MaxValue / unit) ? (long)count * unit : 0;

    internal static bool Has(this ReadOnlySpan<byte> bytes, int at, ReadOnlySpan<byte> magic) =>
        At(bytes, at, magic.Length).SequenceEqual(magic);

    /// <summary>A part; empty if it is not there as a whole.</summary>
    internal static ReadOnlySpan<byte> At(ReadOnlySpan<byte> bytes, int at, int length) =>
        at >= 0 && at <= bytes.Length - length ? bytes.Slice(at, length) : default;

    /// <summary>Text that a zero or the end of its field ends, without spaces after it; null if there is none.</summary>
    internal static string? Text(this ReadOnlySpan<byte> bytes, int at, int length)
    {
        ReadOnlySpan<byte> field = At(bytes, at, length);
        int zero = field.IndexOf((byte)0);
        field = (zero < 0 ? field : field[..zero]).TrimEnd((byte)' ');
        return field.IsEmpty ? null : LosslessUtf8.GetString(field);
    }

    /// <summary>A UUID whose bytes are in the order in which it is written; null if all are zero.</summary>
    internal static string? Uuid(this ReadOnlySpan<byte> bytes, int at) =>
        At(bytes, at, 16) is { Length: 16 } part && part.ContainsAnyExcept((byte)0) ? new Guid(part, bigEndian: true).ToString() : null;
}

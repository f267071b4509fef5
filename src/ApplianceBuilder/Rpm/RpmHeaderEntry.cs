// An entry of the index of an rpm header: 16 bytes, big-endian.
using System.Buffers.Binary;

namespace Guestfs.Appliances.Rpm;

/// <summary>Where the values of a tag are.</summary>
/// <param name="Tag">The tag.</param>
/// <param name="Type">The type of the values, one of the constants.</param>
/// <param name="Offset">Where the values begin, in bytes from the beginning of the data.</param>
/// <param name="Count">How many values.</param>
internal readonly record struct RpmHeaderEntry(int Tag, int Type, int Offset, int Count)
{
    internal const int Size = 16;
    internal const int Int32 = 4, String = 6, Binary = 7, StringArray = 8, TranslatedString = 9;

    /// <summary>Decodes an entry.</summary>
    internal static RpmHeaderEntry Read(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadInt32BigEndian(bytes),
        BinaryPrimitives.ReadInt32BigEndian(bytes[4..]),
        BinaryPrimitives.ReadInt32BigEndian(bytes[8..]),
        BinaryPrimitives.ReadInt32BigEndian(bytes[12..]));
}

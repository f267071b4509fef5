// An rpm header as the database holds it: two counts, the index, the data. Everything in it is checked against its length.
using System.Buffers.Binary;

namespace Guestfs.Interop;

/// <summary>Finds values in an rpm header.</summary>
internal readonly ref struct RpmHeader
{
    private const int IntroSize = 8, MaxEntries = 0xFFFF, MaxDataLength = 256 << 20;

    private readonly ReadOnlySpan<byte> index;
    private readonly ReadOnlySpan<byte> data;

    /// <summary>Takes a header.</summary>
    /// <param name="bytes">The whole header.</param>
    /// <exception cref="InvalidDataException">Its length is not what it says.</exception>
    internal RpmHeader(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < IntroSize || Measure(bytes) != bytes.Length)
        {
            throw new InvalidDataException("the length in a package's header is wrong");
        }

        int indexSize = BinaryPrimitives.ReadInt32BigEndian(bytes) * RpmHeaderEntry.Size;
        index = bytes.Slice(IntroSize, indexSize);
        data = bytes[(IntroSize + indexSize)..];
    }

    /// <summary>The length of a whole header, from its first <see cref="IntroSize"/> bytes.</summary>
    /// <exception cref="InvalidDataException">No header is that long.</exception>
    private static int Measure(ReadOnlySpan<byte> intro)
    {
        uint entries = BinaryPrimitives.ReadUInt32BigEndian(intro);
        uint bytes = BinaryPrimitives.ReadUInt32BigEndian(intro[4..]);
        return entries is 0 or > MaxEntries || bytes > MaxDataLength
            ? throw new InvalidDataException("a package's header is too long")
            : (int)(IntroSize + (entries * RpmHeaderEntry.Size) + bytes);
    }

    /// <summary>The string of a tag, or null.</summary>
    /// <exception cref="InvalidDataException">The tag's values are not in the header.</exception>
    internal string? GetString(RpmTag tag)
    {
        if (!TryFind(tag, out RpmHeaderEntry entry) || entry.Type is not (RpmHeaderEntry.String or RpmHeaderEntry.TranslatedString))
        {
            return null;
        }

        ReadOnlySpan<byte> rest = data[entry.Offset..];
        return LosslessUtf8.GetString(TakeString(ref rest));
    }

    /// <summary>The strings of a tag; none if there is no such tag.</summary>
    /// <exception cref="InvalidDataException">The tag's values are not in the header.</exception>
    internal string[] GetStrings(RpmTag tag)
    {
        ReadOnlySpan<byte> rest = GetStringBytes(tag, out int count);
        string[] strings = new string[count];
        for (int i = 0; i < count; i++)
        {
            strings[i] = LosslessUtf8.GetString(TakeString(ref rest));
        }

        return strings;
    }

    /// <summary>The strings of a tag as they are, each with a NUL at its end.</summary>
    /// <exception cref="InvalidDataException">The tag's values are not in the header.</exception>
    internal ReadOnlySpan<byte> GetStringBytes(RpmTag tag, out int count)
    {
        count = 0;
        if (!TryFind(tag, out RpmHeaderEntry entry) || entry.Type != RpmHeaderEntry.StringArray)
        {
            return [];
        }

        // Each string has at least its NUL, so that no count makes more be allocated than the header is long.
        ReadOnlySpan<byte> rest = data[entry.Offset..];
        if (entry.Count > rest.Length)
        {
            throw Outside(tag);
        }

        count = entry.Count;
        for (int i = 0; i < count; i++)
        {
            TakeString(ref rest);
        }

        return data[entry.Offset..^rest.Length];
    }

    /// <summary>The numbers of a tag; none if there is no such tag.</summary>
    /// <exception cref="InvalidDataException">The tag's values are not in the header.</exception>
    internal int[] GetInt32s(RpmTag tag)
    {
        if (!TryFind(tag, out RpmHeaderEntry entry) || entry.Type != RpmHeaderEntry.Int32)
        {
            return [];
        }

        if (entry.Count > (data.Length - entry.Offset) / sizeof(int))
        {
            throw Outside(tag);
        }

        int[] numbers = new int[entry.Count];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = BinaryPrimitives.ReadInt32BigEndian(data[(entry.Offset + (i * sizeof(int)))..]);
        }

        return numbers;
    }

    /// <summary>The bytes of a tag; none if there is no such tag.</summary>
    /// <exception cref="InvalidDataException">The tag's values are not in the header.</exception>
    internal ReadOnlySpan<byte> GetBinary(RpmTag tag) =>
        !TryFind(tag, out RpmHeaderEntry entry) || entry.Type != RpmHeaderEntry.Binary ? []
        : entry.Count > data.Length - entry.Offset ? throw Outside(tag)
        : data.Slice(entry.Offset, entry.Count);

    // The last entry of a tag counts: those that were added when the package was installed come after its own.
    private bool TryFind(RpmTag tag, out RpmHeaderEntry entry)
    {
        for (int at = index.Length - RpmHeaderEntry.Size; at >= 0; at -= RpmHeaderEntry.Size)
        {
            if (BinaryPrimitives.ReadInt32BigEndian(index[at..]) == (int)tag)
            {
                entry = RpmHeaderEntry.Read(index[at..]);
                return entry.Offset >= 0 && entry.Offset < data.Length && entry.Count > 0 ? true : throw Outside(tag);
            }
        }

        entry = default;
        return false;
    }

    private ReadOnlySpan<byte> TakeString(ref ReadOnlySpan<byte> rest)
    {
        int end = rest.IndexOf((byte)0);
        if (end < 0)
        {
            throw new InvalidDataException("a string in a package's header has no end");
        }

        ReadOnlySpan<byte> text = rest[..end];
        rest = rest[(end + 1)..];
        return text;
    }

    private InvalidDataException Outside(RpmTag tag) =>
        new InvalidDataException($"the values of tag {(int)tag} are outside of a package's header");
}

// An entry of the index of an rpm header: 16 bytes, big-endian.
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

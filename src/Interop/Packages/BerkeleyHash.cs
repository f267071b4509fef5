using System.Buffers.Binary;

namespace Guestfs.Interop;

/// <summary>
/// Reads the values of a hash of Berkeley DB, page by page and not by its buckets: what is damaged hides nothing else, and no order is
/// needed.
/// </summary>
internal sealed class BerkeleyHash
{
    private const int MagicAt = 12, HeaderSize = 26, MetaSize = 512, MaxPage = 65536;
    private const uint Magic = 0x061561;
    private const byte UnsortedHash = 2, Overflow = 7, Hash = 13, Inline = 1, OffPage = 3;
    private readonly byte[] file;
    private readonly bool bigEndian;
    private readonly int pageSize;
    private readonly DatabaseScan scan;
    private byte[] value = [];

    private BerkeleyHash(byte[] file, DatabaseScan scan)
    {
        this.file = file;
        this.scan = scan;
        bigEndian = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(MagicAt)) == Magic;
        pageSize = (int)Math.Min(U32(file, 20), int.MaxValue);
    }

    internal static bool IsDatabase(ReadOnlySpan<byte> file) => file.Length >= MetaSize
        && (BinaryPrimitives.ReadUInt32BigEndian(file[MagicAt..]) == Magic
            || BinaryPrimitives.ReadUInt32LittleEndian(file[MagicAt..]) == Magic);

    /// <summary>Goes through all values but the one of key 0, which is rpm's own.</summary>
    internal static void Read(byte[] file, DatabaseScan scan)
    {
        BerkeleyHash reader = new(file, scan);
        if (reader.pageSize is < MetaSize or > MaxPage || !int.IsPow2(reader.pageSize))
        {
            scan.Fault("the size of its pages is not possible");
            return;
        }

        for (int number = 1; number < file.Length / reader.pageSize && !scan.IsOver; number++)
        {
            if (reader.Page(number)[25] is Hash or UnsortedHash)
            {
                reader.ReadPage(number);
            }
        }
    }

    private void ReadPage(int number)
    {
        ReadOnlySpan<byte> page = Page(number);
        int count = U16(page, 20);
        if (HeaderSize + (count * 2) > pageSize)
        {
            scan.Fault($"page {number} has more entries than room");
            return;
        }

        for (int i = 0; i + 1 < count && !scan.IsOver; i += 2)
        {
            ReadOnlySpan<byte> key = Item(page, i), item = Item(page, i + 1);
            if (key.IsEmpty || item.IsEmpty)
            {
                scan.Fault($"an entry of page {number} is outside of it");
            }
            else if (key[1..].ContainsAnyExcept((byte)0))
            {
                ReadValue(number, item);
            }
        }
    }

    private void ReadValue(int number, ReadOnlySpan<byte> item)
    {
        if (item[0] == Inline)
        {
            if (scan.TryTake(item.Length))
            {
                scan.Found(item[1..]);
            }
        }
        else if (item[0] != OffPage || item.Length < 12 || U32(item, 8) > file.Length)
        {
            scan.Fault($"an entry of page {number} is of an unknown kind");
        }
        else if (TryCollect(U32(item, 4), (int)U32(item, 8)))
        {
            scan.Found(value.AsSpan(0, (int)U32(item, 8)));
        }
    }

    private bool TryCollect(uint number, int length)
    {
        for (int filled = 0; filled < length;)
        {
            ReadOnlySpan<byte> page = number > 0 && number < file.Length / pageSize ? Page((int)number) : default;
            int count = page.IsEmpty ? 0 : U16(page, 22);
            if (count == 0 || page[25] != Overflow || count > pageSize - HeaderSize || count > length - filled)
            {
                scan.Fault($"page {number}, in which a value goes on, is not there or damaged");
                return false;
            }

            if (!scan.TryTake(count))
            {
                return false;
            }

            if (value.Length < filled + count)
            {
                Array.Resize(ref value, (int)Math.Max(filled + count, Math.Min(value.Length * 2L, file.Length)));
            }

            page.Slice(HeaderSize, count).CopyTo(value.AsSpan(filled));
            filled += count;
            number = U32(page, 16);
        }

        return true;
    }

    // They are written from the end of the page to its beginning; empty if it is not there.
    private ReadOnlySpan<byte> Item(ReadOnlySpan<byte> page, int index)
    {
        int start = U16(page, HeaderSize + (index * 2)), end = index == 0 ? pageSize : U16(page, HeaderSize + (index * 2) - 2);
        return start >= HeaderSize && start < end && end <= pageSize ? page[start..end] : default;
    }

    private ReadOnlySpan<byte> Page(int number) => file.AsSpan(number * pageSize, pageSize);

    private ushort U16(ReadOnlySpan<byte> bytes, int at) =>
        bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]) : BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private uint U32(ReadOnlySpan<byte> bytes, int at) =>
        bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]) : BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
}

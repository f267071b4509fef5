using System.Buffers.Binary;

namespace Guestfs.Interop;

/// <summary>Reads one column of one table out of an SQLite database, by the description of its file format.</summary>
internal sealed class SqliteTable
{
    private const int HeaderSize = 100, MinPage = 512, MaxPage = 65536, MaxDepth = 20, TableColumn = 1, RootColumn = 3;
    private const byte Interior = 5, Leaf = 13;
    private readonly byte[] file;
    private readonly int pageSize, usable;
    private readonly DatabaseScan scan;
    private byte[] row = [];

    private SqliteTable(byte[] file, int pageSize, DatabaseScan scan)
    {
        this.file = file;
        this.pageSize = pageSize;
        this.scan = scan;
        usable = pageSize - file[20];
    }

    private delegate void RowReader(ReadOnlySpan<byte> row);

    internal static bool IsDatabase(ReadOnlySpan<byte> file) => file.StartsWith("SQLite format 3\0"u8);

    /// <summary>Goes through a column of blobs.</summary>
    /// <param name="file">The database.</param>
    /// <param name="table">The name of the table.</param>
    /// <param name="column">The number of the column.</param>
    /// <param name="scan">Takes the values and the faults.</param>
    internal static void Read(byte[] file, string table, int column, DatabaseScan scan)
    {
        // 65536 does not fit into the two bytes.
        int pageSize = file.Length < HeaderSize ? 0 : BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(16)) is 1 and var one
            ? MaxPage * one : BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(16));
        if (pageSize < MinPage || !int.IsPow2(pageSize) || file.Length < pageSize || pageSize - file[20] < 480)
        {
            scan.Fault("the size of its pages is not possible");
            return;
        }

        SqliteTable reader = new(file, pageSize, scan);
        uint root = 0;
        reader.Walk(1, 0, schema => root = reader.RootOf(schema, table) ?? root);
        if (root == 0)
        {
            scan.Fault($"it has no table {table}");
            return;
        }

        // What the table of tables took is no part of the other.
        scan.Allow(file.Length);
        reader.Walk(root, 0, packed =>
        {
            if (TryColumn(packed, column, out long type, out ReadOnlySpan<byte> value) && type >= 12)
            {
                scan.Found(value);
            }
            else
            {
                scan.Fault($"a row of its table {table} has no value");
            }
        });
    }

    private uint? RootOf(ReadOnlySpan<byte> schema, string table)
    {
        if (!TryColumn(schema, TableColumn, out _, out ReadOnlySpan<byte> name) || LosslessUtf8.GetString(name) != table
            || !TryColumn(schema, RootColumn, out long type, out ReadOnlySpan<byte> number) || type is < 1 or > 4)
        {
            return null;
        }

        uint root = 0;
        foreach (byte part in number)
        {
            root = (root << 8) | part;
        }

        return root;
    }

    private void Walk(uint number, int depth, RowReader read)
    {
        if (number == 0 || number > file.Length / pageSize || depth > MaxDepth)
        {
            scan.Fault($"page {number} is not there or too deep");
            return;
        }

        if (!scan.TryTake(0))
        {
            return;
        }

        ReadOnlySpan<byte> page = Page(number);
        ReadOnlySpan<byte> header = page[(number == 1 ? HeaderSize : 0)..];
        byte kind = header[0];
        int count = BinaryPrimitives.ReadUInt16BigEndian(header[3..]);
        ReadOnlySpan<byte> cells = header[(kind == Interior ? 12 : 8)..];
        if (kind is not (Interior or Leaf) || count * 2 > cells.Length)
        {
            scan.Fault($"page {number} is no page of a table");
            return;
        }

        for (int i = 0; i < count && !scan.IsOver; i++)
        {
            int at = BinaryPrimitives.ReadUInt16BigEndian(cells[(2 * i)..]);
            if (at > usable - 4)
            {
                scan.Fault($"a cell of page {number} is outside of it");
            }
            else if (kind == Leaf)
            {
                ReadCell(number, page[at..usable], read);
            }
            else
            {
                Walk(BinaryPrimitives.ReadUInt32BigEndian(page[at..]), depth + 1, read);
            }
        }

        if (kind == Interior && !scan.IsOver)
        {
            Walk(BinaryPrimitives.ReadUInt32BigEndian(header[8..]), depth + 1, read);
        }
    }

    private void ReadCell(uint number, ReadOnlySpan<byte> cell, RowReader read)
    {
        if (!TryVarint(ref cell, out long length) || !TryVarint(ref cell, out _) || length < 0 || length > file.Length)
        {
            scan.Fault($"a row of page {number} is longer than the database");
            return;
        }

        // How much of a row stands in its cell, by the file format's section 1.6.
        int whole = (int)length, most = usable - 35, least = ((usable - 12) * 32 / 255) - 23;
        int fitting = least + ((whole - least) % (usable - 4));
        int local = whole <= most ? whole : fitting <= most ? fitting : least;
        if (local > cell.Length - (local < whole ? 4 : 0))
        {
            scan.Fault($"a row of page {number} ends outside of it");
        }
        else if (local == whole)
        {
            if (scan.TryTake(local))
            {
                read(cell[..local]);
            }
        }
        else if (TryCollect(cell[..local], whole, BinaryPrimitives.ReadUInt32BigEndian(cell[local..])))
        {
            read(row.AsSpan(0, whole));
        }
    }

    private bool TryCollect(ReadOnlySpan<byte> start, int whole, uint next)
    {
        // A length alone is not worth its memory: it grows with what is there.
        int filled = start.Length;
        Grow(filled);
        start.CopyTo(row);
        while (filled < whole)
        {
            int count = Math.Min(whole - filled, usable - 4);
            if (next == 0 || next > file.Length / pageSize)
            {
                scan.Fault("a row goes on in a page that is not there");
                return false;
            }

            if (!scan.TryTake(count))
            {
                return false;
            }

            ReadOnlySpan<byte> page = Page(next);
            Grow(filled + count);
            page.Slice(4, count).CopyTo(row.AsSpan(filled));
            filled += count;
            next = BinaryPrimitives.ReadUInt32BigEndian(page);
        }

        return true;
    }

    private void Grow(int size)
    {
        if (row.Length < size)
        {
            Array.Resize(ref row, (int)Math.Max(size, Math.Min(row.Length * 2L, file.Length)));
        }
    }

    private ReadOnlySpan<byte> Page(uint number) => file.AsSpan((int)((number - 1L) * pageSize), pageSize);

    // A row is a list of types, the first number of which is its own length, and the values.
    private static bool TryColumn(ReadOnlySpan<byte> packed, int column, out long type, out ReadOnlySpan<byte> value)
    {
        ReadOnlySpan<byte> types = packed;
        value = default;
        type = 0;
        if (!TryVarint(ref types, out long size) || size < packed.Length - types.Length || size > packed.Length)
        {
            return false;
        }

        types = packed[(packed.Length - types.Length)..(int)size];
        ReadOnlySpan<byte> values = packed[(int)size..];
        for (int i = 0; TryVarint(ref types, out type); i++)
        {
            long length = type switch { < 0 or 0 or 8 or 9 or 10 or 11 => 0, 5 => 6, 6 or 7 => 8, < 5 => type, _ => (type - 12) / 2 };
            if (length > values.Length)
            {
                return false;
            }

            if (i == column)
            {
                value = values[..(int)length];
                return true;
            }

            values = values[(int)length..];
        }

        return false;
    }

    // Seven bits in each byte, the high ones first; of a ninth all eight.
    private static bool TryVarint(ref ReadOnlySpan<byte> bytes, out long number)
    {
        number = 0;
        for (int i = 0; i < bytes.Length && i < 9; i++)
        {
            byte part = bytes[i];
            number = i == 8 ? (number << 8) | part : (number << 7) | (part & 0x7fL);
            if (i == 8 || part < 0x80)
            {
                bytes = bytes[(i + 1)..];
                return true;
            }
        }

        return false;
    }
}

// Writes tar archives: ustar, with PAX records for what does not fit into it. Holes are written as GNU tar does by default with --sparse
// and --format=posix (version 1.0: the map of the data stands before them), which bsdtar and Go read too.
using System.Globalization;
using System.Text;

using Guestfs.Appliances.Plan;

namespace Guestfs.Appliances.Archives;

/// <summary>Writes entries of a plan as a tar archive. The same entries give the same bytes.</summary>
internal static class TarWriter
{
    private const int BlockSize = 512, NameLength = 100, MaxOctal11 = 33, RecordSize = 20 * BlockSize;

    /// <summary>Writes an archive.</summary>
    /// <param name="entries">Directories, files and symbolic links, directories before what is in them.</param>
    /// <param name="output">Where it goes.</param>
    /// <param name="withHoles">Whether files may keep their holes: not every reader knows these.</param>
    /// <param name="written">Is told how many bytes of files were written.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    internal static void Write(
        IEnumerable<PlanEntry> entries, Stream output, bool withHoles, Action<long>? written, CancellationToken cancellationToken)
    {
        long total = 0;
        foreach (PlanEntry entry in entries)
        {
            string name = entry.Path[1..] + (entry.Kind == EntryKind.Directory ? "/" : "");
            if (entry.Content is not { } content)
            {
                total += AddHeader(output, entry, name, 0, []);
                continue;
            }

            IReadOnlyList<DataRange> ranges = content.DataRanges;
            long stored = ranges.Sum(range => range.Length);
            if (withHoles && stored < content.Length)
            {
                byte[] map = Map(ranges, content.Length);
                total += AddHeader(output, entry, $"GNUSparseFile.0/{Path.GetFileName(name)}", map.Length + stored,
                [
                    ("GNU.sparse.major", "1"), ("GNU.sparse.minor", "0"), ("GNU.sparse.name", name),
                    ("GNU.sparse.realsize", Number(content.Length)),
                ]);
                output.Write(map);
                total += map.Length;
            }
            else
            {
                total += AddHeader(output, entry, name, content.Length, []);
                ranges = [new DataRange(0, content.Length)];
                stored = content.Length;
            }

            Copy(content, ranges, output, written, cancellationToken);
            total += stored + Pad(output, stored, BlockSize);
        }

        // Two empty blocks, and as many as make a whole record.
        output.Write(new byte[2 * BlockSize]);
        Pad(output, total + (2 * BlockSize), RecordSize);
    }

    private static void Copy(
        FileContent content, IReadOnlyList<DataRange> ranges, Stream output, Action<long>? written, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[1 << 20];
        using IContentReader reader = content.Open();
        foreach (DataRange range in ranges)
        {
            for (long at = range.Offset; at < range.Offset + range.Length;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Span<byte> part = buffer.AsSpan(0, (int)Math.Min(buffer.Length, range.Offset + range.Length - at));
                reader.ReadExactly(at, part);
                output.Write(part);
                at += part.Length;
                written?.Invoke(part.Length);
            }
        }
    }

    // How many ranges, and of each where it begins and how long it is; the last says where the file ends.
    private static byte[] Map(IReadOnlyList<DataRange> ranges, long length)
    {
        StringBuilder text = new();
        IEnumerable<DataRange> all = ranges is [.., var last] && last.Offset + last.Length == length
            ? ranges : ranges.Append(new DataRange(length, 0));
        text.Append(Number(all.Count())).Append('\n');
        foreach (DataRange range in all)
        {
            text.Append(Number(range.Offset)).Append('\n').Append(Number(range.Length)).Append('\n');
        }

        byte[] map = new byte[(text.Length + BlockSize - 1) / BlockSize * BlockSize];
        Encoding.ASCII.GetBytes(text.ToString(), map);
        return map;
    }

    private static long AddHeader(Stream output, PlanEntry entry, string name, long size, List<(string Key, string Value)> records)
    {
        AddIfLong("path", name);
        AddIfLong("linkpath", entry.LinkTarget ?? "");
        if (size >> MaxOctal11 != 0)
        {
            records.Add(("size", Number(size)));
        }

        long length = 0;
        if (records.Count > 0)
        {
            byte[] text = [.. records.SelectMany(Record)];
            WriteBlock(output, "././@PaxHeader", 'x', Permissions.Octal0644, text.Length, 0, "");
            output.Write(text);
            length = BlockSize + text.Length + Pad(output, text.Length, BlockSize);
        }

        char type = entry.Kind switch
        {
            EntryKind.Directory => '5',
            EntryKind.File => '0',
            EntryKind.SymbolicLink => '2',
            _ => throw new ArgumentException($"{entry.Path} cannot be written.", nameof(entry)),
        };
        WriteBlock(output, name, type, entry.Mode, size, entry.ModificationTime, entry.LinkTarget ?? "");
        return length + BlockSize;

        void AddIfLong(string key, string value)
        {
            if (LosslessUtf8.GetBytes(value).Length > NameLength)
            {
                records.Add((key, value));
            }
        }
    }

    // "LENGTH KEY=VALUE\n", where the length counts itself.
    private static byte[] Record((string Key, string Value) record)
    {
        byte[] rest = LosslessUtf8.GetBytes($" {record.Key}={record.Value}\n");
        int length = rest.Length + 1;
        while (Number(length).Length + rest.Length != length)
        {
            length = Number(length).Length + rest.Length;
        }

        return [.. Encoding.ASCII.GetBytes(Number(length)), .. rest];
    }

    private static void WriteBlock(Stream output, string name, char type, uint mode, long size, long time, string target)
    {
        byte[] block = new byte[BlockSize];
        Put(block.AsSpan(0, NameLength), name);
        Octal(block.AsSpan(100, 8), mode);
        Octal(block.AsSpan(108, 8), 0);
        Octal(block.AsSpan(116, 8), 0);
        Octal(block.AsSpan(124, 12), size >> MaxOctal11 == 0 ? size : 0);
        Octal(block.AsSpan(136, 12), Math.Clamp(time, 0, (1L << MaxOctal11) - 1));
        block[156] = (byte)type;
        Put(block.AsSpan(157, NameLength), target);
        "ustar\000"u8.CopyTo(block.AsSpan(257));
        Octal(block.AsSpan(329, 8), 0);
        Octal(block.AsSpan(337, 8), 0);

        // Of the block with spaces in this place.
        block.AsSpan(148, 8).Fill((byte)' ');
        int sum = 0;
        foreach (byte value in block)
        {
            sum += value;
        }

        Octal(block.AsSpan(148, 7), sum);
        output.Write(block);
    }

    private static void Put(Span<byte> field, string text)
    {
        byte[] bytes = LosslessUtf8.GetBytes(text);
        bytes.AsSpan(0, Math.Min(bytes.Length, field.Length)).CopyTo(field);
    }

    // Digits to the field's end but one, which stays zero.
    private static void Octal(Span<byte> field, long value)
    {
        for (int i = field.Length - 2; i >= 0; i--, value >>= 3)
        {
            field[i] = (byte)('0' + (value & 7));
        }
    }

    private static int Pad(Stream output, long length, int unit)
    {
        int missing = (int)((unit - (length % unit)) % unit);
        output.Write(new byte[missing]);
        return missing;
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}

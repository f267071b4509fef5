// Reads tar archives member by member. Neither library at hand would do: SharpCompress tells no device numbers, extended
// attributes or holes; System.Formats.Tar knows no holes, replaces bytes of names that are not UTF-8, and allocates
// whatever an extended header claims to need (2 GiB for an archive of 2 KiB).
using System.Globalization;

namespace Guestfs.Interop;

/// <summary>A forward-only reader of tar archives in the old, ustar, GNU and pax formats.</summary>
/// <param name="archive">The archive, unpacked.</param>
/// <param name="fault">What to throw where the archive is damaged, by what is wrong with it.</param>
internal sealed class TarReader(Stream archive, Func<string, Exception> fault)
{
    private const int MaxExtensionLength = 1 << 20;

    private readonly byte[] block = new byte[TarHeader.Length];
    private long dataLeft;
    private int padding;

    /// <summary>The next member, or null at the archive's end. What was not read of the last one's data is skipped.</summary>
    internal TarMember? Next()
    {
        Dictionary<string, byte[]> pax = new(StringComparer.Ordinal);
        string? longName = null, longLink = null;
        while (true)
        {
            SkipData();
            if (!ReadBlock())
            {
                return null;
            }

            TarHeader header = TarHeader.Decode(block) ?? throw fault("a tar header in it is damaged.");
            Expect(header, header.Size);
            switch ((char)header.Type)
            {
                case 'L':
                    longName = TarHeader.Text(ReadExtension(header));
                    continue;
                case 'K':
                    longLink = TarHeader.Text(ReadExtension(header));
                    continue;
                case 'x':
                    if (!PaxRecords.TryAdd(ReadExtension(header), pax))
                    {
                        throw Fault(header.Name, "is a damaged extended header.");
                    }

                    continue;
                case 'g' or 'V':
                    // Remarks about the archive as a whole (its label, a commit): nothing that files need.
                    continue;
                default:
                    return Finish(header with { Name = longName ?? header.Name, LinkName = longLink ?? header.LinkName }, pax);
            }
        }
    }

    /// <summary>Fills the buffer with the current member's stored bytes, or with as many as are left.</summary>
    internal int ReadData(Span<byte> buffer)
    {
        buffer = buffer[..(int)Math.Min(buffer.Length, dataLeft)];
        ReadExactly(buffer);
        dataLeft -= buffer.Length;
        return buffer.Length;
    }

    private TarMember Finish(TarHeader header, Dictionary<string, byte[]> pax)
    {
        string raw = header.Name;
        header = header with
        {
            Name = Text("GNU.sparse.name") ?? Text("path") ?? header.Name,
            LinkName = Text("linkpath") ?? header.LinkName,
            Size = Number("size", header.Size),
            Uid = Number("uid", header.Uid),
            Gid = Number("gid", header.Gid),
            ModificationTime = Number("mtime", header.ModificationTime),
        };

        // Only files have data; some old writers note the size of what a link leads to.
        bool isFile = header.Type is 0 or (byte)'0' or (byte)'7' or (byte)'S';
        header = header with { Size = isFile ? header.Size : 0 };
        Expect(header, header.Size);
        TarMember member = new()
        {
            Header = header,
            FileSize = header.Size,
            Records = pax,
        };
        if (header.Type == 'S')
        {
            return WithOldMap(member, [.. block]);
        }

        if (Text("GNU.sparse.major") is { } major)
        {
            member.FileSize = Number("GNU.sparse.realsize", -1);
            return major == "1" && Text("GNU.sparse.minor") == "0" ? WithPaxMap(member) : throw NotKnown();
        }

        return pax.ContainsKey("GNU.sparse.numblocks") ? throw NotKnown() : member;

        Exception NotKnown() => Fault(raw, "is a sparse file in an unknown format. Pack it with a current GNU tar.");

        string? Text(string key) => pax.TryGetValue(key, out byte[]? value) ? LosslessUtf8.GetString(value) : null;

        long Number(string key, long otherwise) => !pax.TryGetValue(key, out byte[]? value)
            ? otherwise
            : PaxRecords.Number(value) ?? throw Fault(raw, $"has a damaged number for {key}.");
    }

    private TarMember WithOldMap(TarMember member, ReadOnlySpan<byte> header)
    {
        List<DataRange> map = [];
        bool good = TarSparseMap.AddFromHeader(header, map);

        // The blocks of the map come between the header and the data, and are not counted in its size.
        for (bool more = TarSparseMap.HeaderContinues(header); more && good; more = TarSparseMap.BlockContinues(block))
        {
            ReadExactly(block);
            good = TarSparseMap.AddFromBlock(block, map);
        }

        member.FileSize = TarSparseMap.FileSize(header) ?? -1;
        return WithMap(member, good ? map : null);
    }

    private TarMember WithPaxMap(TarMember member)
    {
        List<long> numbers = [];
        byte[] text = [];
        while (numbers.Count == 0 || numbers.Count < 1 + (2 * numbers[0]))
        {
            // Numbers may be cut by the border of two blocks.
            byte[] more = [.. text, .. new byte[TarHeader.Length]];
            if (ReadData(more.AsSpan(text.Length)) < TarHeader.Length)
            {
                return WithMap(member, null);
            }

            ReadOnlySpan<byte> rest = more;
            while ((numbers.Count == 0 || numbers.Count < 1 + (2 * numbers[0])) && TarSparseMap.TakeLine(ref rest) is { } number)
            {
                numbers.Add(number);
                if (numbers[0] > TarSparseMap.MaxRanges)
                {
                    return WithMap(member, null);
                }
            }

            if (rest.Length > TarHeader.Length)
            {
                return WithMap(member, null);
            }

            text = rest.ToArray();
        }

        List<DataRange> map = [];
        for (int i = 1; i < numbers.Count; i += 2)
        {
            map.Add(new DataRange(numbers[i], numbers[i + 1]));
        }

        return WithMap(member, map);
    }

    private TarMember WithMap(TarMember member, List<DataRange>? map)
    {
        member.SparseMap = map is not null && TarSparseMap.IsValid(map, member.FileSize, dataLeft)
            ? map
            : throw Fault(member.Header.Name, "is a sparse file whose map is damaged.");
        return member;
    }

    private void Expect(TarHeader header, long size)
    {
        if (size < 0)
        {
            throw Fault(header.Name, string.Create(CultureInfo.InvariantCulture, $"has the invalid size {size}."));
        }

        dataLeft = size;
        padding = (int)(-size & (TarHeader.Length - 1));
    }

    private Exception Fault(string member, string what) => fault($"its member '{PrintableText.Line(member)}' {what}");

    private byte[] ReadExtension(TarHeader header)
    {
        if (header.Size > MaxExtensionLength)
        {
            throw Fault(header.Name, $"is an extended header of {header.Size} bytes, which is too long.");
        }

        byte[] bytes = new byte[header.Size];
        ReadData(bytes);
        return bytes;
    }

    private void SkipData()
    {
        Span<byte> waste = stackalloc byte[4096];
        while (ReadData(waste) > 0)
        {
        }

        ReadExactly(waste[..padding]);
        padding = 0;
    }

    // False at the end mark. The rest is read too: only then has the decompressor compared its checksums.
    private bool ReadBlock()
    {
        ReadExactly(block);
        if (block.AsSpan().ContainsAnyExcept((byte)0))
        {
            return true;
        }

        while (archive.Read(block) > 0)
        {
        }

        return false;
    }

    private void ReadExactly(Span<byte> buffer)
    {
        if (archive.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false) < buffer.Length)
        {
            throw fault("the tar archive in it is truncated.");
        }
    }
}

/// <summary>A member of a tar archive with its extensions applied; names are as the archive has them.</summary>
internal sealed class TarMember
{
    /// <summary>Header; its names and numbers are the final ones.</summary>
    internal required TarHeader Header { get; init; }

    /// <summary>Size of the file in bytes, holes included.</summary>
    internal required long FileSize { get; set; }

    /// <summary>Where the stored bytes belong in a sparse file, in order; null when it has no holes.</summary>
    internal IReadOnlyList<DataRange>? SparseMap { get; set; }

    /// <summary>The records of its pax header by their keys; the header has those of names and numbers already.</summary>
    internal required Dictionary<string, byte[]> Records { get; init; }
}

// The forms of rpm's database, made of the headers that rpm exports: Berkeley DB by its own tool; ndb, which Debian's rpm is built without,
// by the layout that rpm's source gives it.
using System.Buffers.Binary;
using System.Globalization;
using System.Text;

using Xunit;

namespace Guestfs.TestSupport;

/// <summary>Writes package databases.</summary>
public static class RpmForms
{
    private const int PageSize = 4096, BlockSize = 16, SlotSize = 16, HeadSize = 16, TailSize = 12;

    /// <summary>The headers of all packages of a root, as rpm keeps them.</summary>
    public static byte[][] Headers(string root, string databaseFolder)
    {
        const int MagicSize = 8, IntroSize = 8, EntrySize = 16;
        Command.Require("rpmdb");
        using TempDirectory directory = new();
        string file = directory.File("export");
        Command.Run("sh", "-c", "exec rpmdb --root \"$0\" --dbpath \"$1\" --exportdb > \"$2\"", root, databaseFolder, file);
        byte[] export = File.ReadAllBytes(file);
        List<byte[]> headers = [];
        for (int at = MagicSize; at < export.Length;)
        {
            ReadOnlySpan<byte> rest = export.AsSpan(at);
            int size = IntroSize + (BinaryPrimitives.ReadInt32BigEndian(rest) * EntrySize) + BinaryPrimitives.ReadInt32BigEndian(rest[4..]);
            headers.Add(rest[..size].ToArray());
            at += size + MagicSize;
        }

        return [.. headers];
    }

    /// <summary>Writes a hash of Berkeley DB, with rpm's own entry of key 0.</summary>
    /// <param name="file">The file.</param>
    /// <param name="headers">The packages.</param>
    /// <param name="byteOrder">1234 for little-endian, 4321 for big-endian.</param>
    public static void WriteBerkeley(string file, IEnumerable<byte[]> headers, int byteOrder)
    {
        ArgumentNullException.ThrowIfNull(headers);
        Command.Require("db_load");
        StringBuilder text = new(string.Create(
            CultureInfo.InvariantCulture,
            $"VERSION=3\nformat=bytevalue\ntype=hash\ndb_lorder={byteOrder}\nHEADER=END\n 00000000\n 09000000\n"));
        int number = 0;
        foreach (byte[] header in headers)
        {
            byte[] key = new byte[sizeof(int)];
            BinaryPrimitives.WriteInt32LittleEndian(key, ++number);
            text.Append(' ').Append(Convert.ToHexStringLower(key)).Append("\n ").Append(Convert.ToHexStringLower(header)).Append('\n');
        }

        Command.TryRun("db_load", [file], input: text.Append("DATA=END\n").ToString());
        Assert.True(File.Exists(file));
    }

    /// <summary>A database in rpm's form ndb, whose first slot is free.</summary>
    public static byte[] Ndb(IReadOnlyList<byte[]> headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        int pages = 1 + (headers.Count * SlotSize / PageSize);
        List<byte> file = [.. new byte[pages * PageSize]];
        List<byte[]> slots = [Words("Slot", 0, 0, 0)];
        foreach (byte[] header in headers)
        {
            int number = slots.Count, blocks = (HeadSize + header.Length + TailSize + BlockSize - 1) / BlockSize;
            slots.Add(Words("Slot", number, file.Count / BlockSize, blocks));
            byte[] whole = new byte[blocks * BlockSize];
            Words("BlbS", number, 0, header.Length).CopyTo(whole, 0);
            header.CopyTo(whole, HeadSize);
            BinaryPrimitives.WriteInt32LittleEndian(whole.AsSpan(whole.Length - 8), header.Length);
            "BlbE"u8.CopyTo(whole.AsSpan(whole.Length - 4));
            file.AddRange(whole);
        }

        byte[] result = [.. file];
        Words("RpmP", 0, 1, pages).CopyTo(result, 0);
        for (int i = 0; i < (pages * PageSize / SlotSize) - 2; i++)
        {
            (i < slots.Count ? slots[i] : slots[0]).CopyTo(result, (i + 2) * SlotSize);
        }

        return result;
    }

    private static byte[] Words(string magic, params ReadOnlySpan<int> numbers)
    {
        byte[] words = new byte[(numbers.Length + 1) * sizeof(int)];
        Encoding.ASCII.GetBytes(magic, words);
        for (int i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(words.AsSpan((i + 1) * sizeof(int)), numbers[i]);
        }

        return words;
    }
}

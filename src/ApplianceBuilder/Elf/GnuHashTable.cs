using System.Buffers.Binary;

namespace Guestfs.Appliances.Elf;

/// <summary>.gnu.hash: by which the loader finds a symbol, or in most cases at once that there is none of that name.</summary>
internal sealed class GnuHashTable
{
    private const int WordBits = 64, Shift = 6, HeaderLength = 16;

    // As linkers have it: short lists, and few false hits.
    private const int SymbolsPerBucket = 4, BitsPerSymbol = 12;

    private readonly int buckets;
    private readonly int words;
    private readonly (DynamicSymbol Symbol, uint Hash)[] symbols;

    /// <summary>Takes the symbols.</summary>
    internal GnuHashTable(IReadOnlyCollection<DynamicSymbol> defined)
    {
        buckets = Math.Max(1, defined.Count / SymbolsPerBucket);
        words = 1;
        while (words * WordBits < defined.Count * BitsPerSymbol)
        {
            words *= 2;
        }

        symbols = [.. defined.Select(symbol => (symbol, HashOf(symbol.Name))).OrderBy(pair => pair.Item2 % (uint)buckets)];
    }

    /// <summary>The symbols in the order in which the symbol table must have them, after all others.</summary>
    internal IEnumerable<DynamicSymbol> Symbols => symbols.Select(pair => pair.Symbol);

    /// <summary>The table.</summary>
    /// <param name="first">The index of the first of these symbols in the symbol table.</param>
    internal byte[] ToBytes(int first)
    {
        byte[] bytes = new byte[HeaderLength + (words * sizeof(ulong)) + ((buckets + symbols.Length) * sizeof(uint))];
        Span<byte> filter = bytes.AsSpan(HeaderLength),
            heads = filter[(words * sizeof(ulong))..],
            chains = heads[(buckets * sizeof(uint))..];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, buckets);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), first);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), words);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(12), Shift);
        for (int i = 0; i < symbols.Length; i++)
        {
            uint hash = symbols[i].Hash, bucket = hash % (uint)buckets;
            Span<byte> word = filter[((int)(hash / WordBits % (uint)words) * sizeof(ulong))..];
            ulong bits = BinaryPrimitives.ReadUInt64LittleEndian(word)
                | (1UL << (int)(hash % WordBits))
                | (1UL << (int)((hash >> Shift) % WordBits));
            BinaryPrimitives.WriteUInt64LittleEndian(word, bits);
            Span<byte> head = heads[((int)bucket * sizeof(uint))..];
            if (BinaryPrimitives.ReadInt32LittleEndian(head) == 0)
            {
                BinaryPrimitives.WriteInt32LittleEndian(head, first + i);
            }

            bool isLast = i + 1 == symbols.Length || symbols[i + 1].Hash % (uint)buckets != bucket;
            BinaryPrimitives.WriteUInt32LittleEndian(chains[(i * sizeof(uint))..], isLast ? hash | 1 : hash & ~1U);
        }

        return bytes;
    }

    private static uint HashOf(string name)
    {
        uint hash = 5381;
        foreach (byte letter in LosslessUtf8.GetBytes(name))
        {
            hash = (hash * 33) + letter;
        }

        return hash;
    }
}

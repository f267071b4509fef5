using Guestfs.Appliances.Plan;

using static Guestfs.Appliances.Ext2.Ext2Format;
using static System.Buffers.Binary.BinaryPrimitives;

namespace Guestfs.Appliances.Ext2;

/// <summary>
/// A directory's blocks: one block of names as they come, or, where that is not enough, names by hash with an index before
/// them.
/// </summary>
internal sealed class Ext2Directory : IExt2Blocks
{
    private const int DotSize = 12, RootHeader = 32, NodeHeader = 8, IndexEntrySize = 8;
    private const int RootEntries = (BlockSize - RootHeader) / IndexEntrySize, NodeEntries = (BlockSize - NodeHeader) / IndexEntrySize;

    private readonly uint self, parent;
    private readonly Ext2Name[] names;

    // Where each block of names begins among the names, and, in an indexed directory, its part of the hashes.
    private readonly List<int> starts = [0];
    private readonly List<uint> hashes = [0];
    private readonly uint indexBlocks;

    /// <summary>A directory with its final names.</summary>
    /// <param name="path">Its path, for messages.</param>
    /// <param name="self">Its inode.</param>
    /// <param name="parent">Its parent's inode.</param>
    /// <param name="children">Its names, without <c>.</c> and <c>..</c>.</param>
    /// <param name="hashSeed">The filesystem's seed.</param>
    /// <exception cref="ApplianceException">There are more names than an index can have.</exception>
    internal Ext2Directory(string path, uint self, uint parent, IReadOnlyCollection<Ext2Name> children, ReadOnlySpan<byte> hashSeed)
    {
        (this.self, this.parent) = (self, parent);
        names = [.. children];
        if ((2 * DotSize) + names.Sum(name => (long)name.Size) <= BlockSize)
        {
            return;
        }

        PackByHash(SortByHash(hashSeed));
        indexBlocks = starts.Count <= RootEntries ? 1 : 1 + (uint)DivideUp(starts.Count, NodeEntries);
        if (indexBlocks > RootEntries)
        {
            throw new ApplianceException(
                ApplianceProblem.InvalidInput, $"{path} has too many names for a directory: {names.Length}. Leave some out.");
        }
    }

    /// <summary>Its size in blocks.</summary>
    internal uint Blocks => indexBlocks + (uint)starts.Count;

    /// <summary>Whether it has an index.</summary>
    internal bool IsIndexed => indexBlocks > 0;

    /// <inheritdoc/>
    public void Read(uint first, Span<byte> target)
    {
        target.Clear();
        for (uint index = first; !target.IsEmpty; index++)
        {
            Span<byte> block = target[..BlockSize];
            target = target[BlockSize..];
            if (index == 0)
            {
                EncodeFirst(block);
            }
            else if (index < indexBlocks)
            {
                int start = (int)(index - 1) * NodeEntries;
                new Ext2Name(default, 0, default).Encode(block, BlockSize);
                EncodeIndex(block[NodeHeader..], start, Math.Min(NodeEntries, starts.Count - start), NodeEntries, leaves: true);
            }
            else
            {
                EncodeNames(block, (int)(index - indexBlocks));
            }
        }
    }

    private uint[] SortByHash(ReadOnlySpan<byte> seed)
    {
        uint[] keys = new uint[names.Length];
        for (int i = 0; i < names.Length; i++)
        {
            keys[i] = Ext2NameHash.Compute(names[i].Name.Span, seed);
        }

        Array.Sort(keys, names);

        // Names of one hash by their bytes, so that the order does not hang on the sort.
        for (int i = 0; i < keys.Length;)
        {
            int end = i + 1;
            while (end < keys.Length && keys[end] == keys[i])
            {
                end++;
            }

            names.AsSpan(i, end - i).Sort((a, b) => a.Name.Span.SequenceCompareTo(b.Name.Span));
            i = end;
        }

        return keys;
    }

    private void PackByHash(uint[] keys)
    {
        int used = 0;
        for (int i = 0; i < names.Length; i++)
        {
            if (used + names[i].Size > BlockSize)
            {
                // The lowest bit says that the block before has names of the same hash.
                starts.Add(i);
                hashes.Add(keys[i] | (keys[i] == keys[i - 1] ? 1u : 0));
                used = 0;
            }

            used += names[i].Size;
        }
    }

    private void EncodeFirst(Span<byte> block)
    {
        new Ext2Name("."u8.ToArray(), self, EntryKind.Directory).Encode(block, DotSize);
        Span<byte> rest = block[DotSize..];
        Ext2Name up = new(".."u8.ToArray(), parent, EntryKind.Directory);
        if (!IsIndexed)
        {
            up.Encode(rest, names.Length == 0 ? rest.Length : DotSize);
            EncodeNames(rest[DotSize..], 0);
            return;
        }

        // The index stands where the second entry's size says that nothing is.
        up.Encode(rest, rest.Length);
        bool leaves = indexBlocks == 1;
        Span<byte> info = block[(2 * DotSize)..RootHeader];
        info[4] = Ext2NameHash.HalfMd4;
        info[5] = (byte)info.Length;
        info[6] = (byte)(leaves ? 0 : 1); // Levels of index below this one.
        EncodeIndex(block[RootHeader..], 0, leaves ? starts.Count : (int)indexBlocks - 1, RootEntries, leaves);
    }

    // The first entry has no hash, since it takes what is below the second's; the limit and the count stand there.
    private void EncodeIndex(Span<byte> target, int start, int count, int limit, bool leaves)
    {
        for (int i = 0; i < count; i++)
        {
            int leaf = leaves ? start + i : i * NodeEntries;
            WriteUInt32LittleEndian(target[(i * IndexEntrySize)..], hashes[leaf]);
            WriteUInt32LittleEndian(target[((i * IndexEntrySize) + 4)..], leaves ? indexBlocks + (uint)leaf : 1 + (uint)i);
        }

        WriteUInt16LittleEndian(target, (ushort)limit);
        WriteUInt16LittleEndian(target[2..], (ushort)count);
    }

    private void EncodeNames(Span<byte> target, int block)
    {
        int end = block + 1 < starts.Count ? starts[block + 1] : names.Length;
        for (int i = starts[block]; i < end; i++)
        {
            int size = i + 1 < end ? names[i].Size : target.Length;
            names[i].Encode(target, size);
            target = target[size..];
        }
    }
}

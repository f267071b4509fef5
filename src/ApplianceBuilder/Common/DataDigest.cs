// A digest of a file that is mostly holes. SHA-256 over zeros costs as much as over anything else, so that an image of many
// gigabytes with little in it would take seconds or minutes; here zeros cost nothing, and their places still count.
using System.Buffers.Binary;

namespace Guestfs.Appliances.Common;

/// <summary>
/// SHA-256 over the runs of blocks of 4096 bytes that are not all zero, in their order: of each run its bytes, then the
/// number of its first block and how many blocks it has, each as 8 bytes, least significant first. With the size of the
/// file, which is kept beside it, it determines every byte, and does not depend on where the filesystem has holes.
/// </summary>
internal sealed class DataDigest : IDisposable
{
    /// <summary>Bytes of a block; the last may be shorter.</summary>
    internal const int BlockSize = 4096;

    private readonly Sha256Hash hash = new();
    private long first, count;

    /// <summary>Adds a piece of the file. Pieces come in their order, and begin and end with a block;
    /// what is left out counts as zeros.</summary>
    internal void Add(long offset, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int length = 0;
            while (length < bytes.Length && Block(bytes[length..]).ContainsAnyExcept((byte)0))
            {
                length += Block(bytes[length..]).Length;
            }

            if (length > 0)
            {
                AddRun(offset / BlockSize, bytes[..length]);
            }

            // Skips the run, and the block of zeros that ended it, if one did.
            int done = length + Block(bytes[length..]).Length;
            bytes = bytes[done..];
            offset += done;
        }
    }

    /// <summary>The digest of all that was added.</summary>
    internal byte[] Finish()
    {
        EndRun();
        return hash.Current();
    }

    /// <inheritdoc/>
    public void Dispose() => hash.Dispose();

    private static ReadOnlySpan<byte> Block(ReadOnlySpan<byte> bytes) => bytes[..Math.Min(BlockSize, bytes.Length)];

    private void AddRun(long block, ReadOnlySpan<byte> bytes)
    {
        if (block != first + count)
        {
            EndRun();
        }

        first = count == 0 ? block : first;
        count += (bytes.Length + BlockSize - 1) / BlockSize;
        hash.Add(bytes);
    }

    private void EndRun()
    {
        if (count > 0)
        {
            Span<byte> place = stackalloc byte[2 * sizeof(long)];
            BinaryPrimitives.WriteInt64LittleEndian(place, first);
            BinaryPrimitives.WriteInt64LittleEndian(place[sizeof(long)..], count);
            hash.Add(place);
            count = 0;
        }
    }
}

using Guestfs.Appliances.Plan;

using static Guestfs.Appliances.Ext2.Ext2Format;

namespace Guestfs.Appliances.Ext2;

/// <summary>The data blocks of a regular file, read when they are written.</summary>
internal sealed class Ext2FileData(string path, FileContent content) : IExt2Blocks
{
    /// <summary>The file's path in the appliance.</summary>
    internal string Path => path;

    /// <summary>The blocks that are not holes.</summary>
    /// <exception cref="ApplianceException">The content says where its holes are in a way that cannot be.</exception>
    internal List<Ext2Extent> FindExtents()
    {
        if (content.Length > MaxFileBlocks * BlockSize)
        {
            throw new ApplianceException(
                ApplianceProblem.InvalidInput, $"{path} is too long for an ext2 filesystem: {content.Length} bytes. Leave it out.");
        }

        IReadOnlyList<DataRange> ranges = content.DataRanges;
        List<Ext2Extent> extents = new(ranges.Count);
        long end = 0;
        foreach (DataRange range in ranges.Where(range => range.Length > 0))
        {
            if (range.Offset < end || range.Length > content.Length - range.Offset)
            {
                throw new ApplianceException(ApplianceProblem.InvalidInput, $"{path} has data ranges that overlap or lie outside it.");
            }

            end = range.Offset + range.Length;
            uint first = (uint)(range.Offset / BlockSize), stop = (uint)DivideUp(end, BlockSize);

            // Ranges that share or touch a block become one.
            if (extents.Count > 0 && extents[^1].Logical + extents[^1].Count >= first)
            {
                extents[^1] = extents[^1] with { Count = stop - extents[^1].Logical };
            }
            else
            {
                extents.Add(new Ext2Extent(first, stop - first));
            }
        }

        return extents;
    }

    /// <inheritdoc/>
    public void Read(uint first, Span<byte> target)
    {
        long offset = first * (long)BlockSize;
        int length = (int)Math.Min(target.Length, content.Length - offset);
        try
        {
            using IContentReader reader = content.Open();
            reader.ReadExactly(offset, target[..length]);
        }
        catch (IOException exception)
        {
            throw new ApplianceException(
                ApplianceProblem.UnreadableFile, $"The content of {path} cannot be read: {exception.Message}", exception);
        }

        target[length..].Clear();
    }
}

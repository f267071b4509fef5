namespace Guestfs.Appliances.Ext2;

/// <summary>Something that fills blocks of the image: a directory, a file's data, tables.</summary>
internal interface IExt2Blocks
{
    /// <summary>Fills whole blocks, every byte of them. Called from several threads.</summary>
    /// <param name="first">The first block wanted, counted from the thing's own first.</param>
    /// <param name="target">As many blocks as are wanted.</param>
    void Read(uint first, Span<byte> target);
}

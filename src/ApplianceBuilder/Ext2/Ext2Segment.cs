namespace Guestfs.Appliances.Ext2;

/// <summary>Blocks of the image that lie together and come from one thing.</summary>
/// <param name="Block">The first block in the image.</param>
/// <param name="Count">How many.</param>
/// <param name="Source">What fills them.</param>
/// <param name="First">Which block of the source comes first.</param>
internal readonly record struct Ext2Segment(uint Block, uint Count, IExt2Blocks Source, uint First);

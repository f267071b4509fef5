namespace Guestfs.Appliances.Ext2;

/// <summary>Blocks of a file that follow one another and are not holes.</summary>
/// <param name="Logical">The first, counted from the file's start.</param>
/// <param name="Count">How many.</param>
internal readonly record struct Ext2Run(uint Logical, uint Count);

namespace Guestfs.Appliances.Elf;

/// <summary>A section of an ELF file that is being written.</summary>
/// <param name="name">Its name.</param>
/// <param name="type">What kind of section it is (<c>SHT_</c>).</param>
/// <param name="flags">Whether it is loaded, written to, or run (<c>SHF_</c>).</param>
/// <param name="content">Its bytes, filled in when all addresses are known.</param>
internal sealed class OutputSection(string name, uint type, ulong flags, byte[] content)
{
    /// <summary>Its name.</summary>
    internal string Name => name;

    /// <summary>What kind of section it is (<c>SHT_</c>).</summary>
    internal uint Type => type;

    /// <summary>Whether it is loaded, written to, or run (<c>SHF_</c>).</summary>
    internal ulong Flags => flags;

    /// <summary>Its bytes.</summary>
    internal byte[] Content => content;

    /// <summary>The section that it refers to.</summary>
    internal OutputSection? Link { get; init; }

    /// <summary>A number that depends on the kind.</summary>
    internal int Information { get; init; }

    /// <summary>What its address is a multiple of.</summary>
    internal int Alignment { get; init; } = 8;

    /// <summary>Bytes of an entry; 0 where it has none of one size.</summary>
    internal int EntryLength { get; init; }

    /// <summary>Where it is, in memory and in the file.</summary>
    internal int Address { get; set; }

    /// <summary>Where it ends.</summary>
    internal int End => Address + content.Length;
}

namespace Guestfs.Appliances.Elf;

/// <summary>What an entry of <c>.dynamic</c> tells the loader; the names are those of the format.</summary>
internal enum DynamicTag : ulong
{
    /// <summary>Ends the list.</summary>
    Null = 0,

    /// <summary>The name of a library that this one needs.</summary>
    Needed = 1,

    /// <summary>The address of the names.</summary>
    Strtab = 5,

    /// <summary>The address of the symbols.</summary>
    Symtab = 6,

    /// <summary>The address of the relocations.</summary>
    Rela = 7,

    /// <summary>Bytes of the relocations.</summary>
    Relasz = 8,

    /// <summary>Bytes of a relocation.</summary>
    Relaent = 9,

    /// <summary>Bytes of the names.</summary>
    Strsz = 10,

    /// <summary>Bytes of a symbol.</summary>
    Syment = 11,

    /// <summary>The name by which others need this library.</summary>
    Soname = 14,

    /// <summary>Where its libraries are, before all other ways to find them.</summary>
    Rpath = 15,

    /// <summary>The address of the list of functions to call at the start.</summary>
    InitArray = 25,

    /// <summary>Bytes of that list.</summary>
    InitArraysz = 27,

    /// <summary>Flags.</summary>
    Flags = 30,

    /// <summary>The address of the table by which symbols are found.</summary>
    GnuHash = 0x6FFFFEF5,

    /// <summary>The address of the symbols' versions.</summary>
    Versym = 0x6FFFFFF0,

    /// <summary>How many relocations, the first, need no symbol.</summary>
    Relacount = 0x6FFFFFF9,

    /// <summary>More flags.</summary>
    Flags1 = 0x6FFFFFFB,

    /// <summary>The address of the versions that are defined.</summary>
    Verdef = 0x6FFFFFFC,

    /// <summary>How many versions are defined.</summary>
    Verdefnum = 0x6FFFFFFD,

    /// <summary>The address of the versions that are needed.</summary>
    Verneed = 0x6FFFFFFE,

    /// <summary>Of how many libraries versions are needed.</summary>
    Verneednum = 0x6FFFFFFF,
}

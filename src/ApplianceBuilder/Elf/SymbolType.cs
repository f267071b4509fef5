namespace Guestfs.Appliances.Elf;

/// <summary>What a symbol stands for, as the low half of its <c>st_info</c> has it.</summary>
internal enum SymbolType : byte
{
    /// <summary>Not said.</summary>
    None = 0,

    /// <summary>Data.</summary>
    Data = 1,

    /// <summary>A function.</summary>
    Function = 2,

    /// <summary>Data of each thread.</summary>
    ThreadLocal = 6,

    /// <summary>A function that says which function it is.</summary>
    IndirectFunction = 10,
}

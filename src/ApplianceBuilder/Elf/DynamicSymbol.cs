namespace Guestfs.Appliances.Elf;

/// <summary>A symbol that the loader looks at.</summary>
/// <param name="Name">Its name without a version.</param>
/// <param name="Version">Of a definition its version; of a use the version that is asked for; null for none.</param>
/// <param name="IsDefined">Whether it is a definition.</param>
/// <param name="IsCopy">Whether it is a definition that begins as a copy of another object's data, and so a use of that as well.</param>
/// <param name="IsDefault">Whether a use without version finds this definition.</param>
/// <param name="VersionIndex">A definition's entry of <c>.gnu.version</c> as it is in the file; 1 where there is none.</param>
/// <param name="Info">Type and binding.</param>
/// <param name="Other">Visibility, and what a processor's ABI puts beside it.</param>
internal readonly record struct DynamicSymbol(
    string Name, string? Version, bool IsDefined, bool IsCopy, bool IsDefault, ushort VersionIndex, byte Info, byte Other)
{
    /// <summary>What it stands for.</summary>
    internal SymbolType Type => (SymbolType)(Info & 0xF);

    /// <summary>Whether other objects see it.</summary>
    internal bool IsGlobal => (Info >> 4) != 0;

    /// <summary>Whether another definition may take its place.</summary>
    internal bool IsWeak => (Info >> 4) == 2;

    /// <summary>Whether it asks for another object's definition.</summary>
    internal bool IsUse => !IsDefined || IsCopy;

    /// <summary>Its name and version as programs show them.</summary>
    public override string ToString() => Version is null ? Name : $"{Name}@{Version}";
}

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

namespace Guestfs.Appliances.Elf;

/// <summary>A version of symbols that a library defines.</summary>
/// <param name="Index">By which its symbols refer to it.</param>
/// <param name="Flags">Whether it is the library itself, and whether it is weak.</param>
/// <param name="Name">Its name.</param>
internal readonly record struct VersionDefinition(ushort Index, ushort Flags, string Name)
{
    /// <summary>The flag of the entry that names the library.</summary>
    internal const ushort Base = 1;
}

namespace Guestfs.Appliances.Elf;

/// <summary>Names in ELF files: an offset into a table of strings that end with a NUL.</summary>
internal static class ElfText
{
    // Names of C++ templates are long, but not without end: a forged table could make a gigabyte of names of a megabyte.
    private const int MaxLength = 1 << 16;

    /// <summary>The name at an offset of a table.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    internal static string Read(ReadOnlySpan<byte> table, ulong offset)
    {
        if (offset < (ulong)table.Length)
        {
            ReadOnlySpan<byte> rest = table[(int)offset..];
            int end = rest[..Math.Min(rest.Length, MaxLength)].IndexOf((byte)0);
            if (end >= 0)
            {
                return LosslessUtf8.GetString(rest[..end]);
            }
        }

        throw new InvalidDataException("A name is not in its table.");
    }
}

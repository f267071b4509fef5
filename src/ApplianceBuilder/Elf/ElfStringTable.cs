namespace Guestfs.Appliances.Elf;

/// <summary>A table of the names in an ELF file that is being written.</summary>
internal sealed class ElfStringTable
{
    private readonly Dictionary<string, int> offsets = new(StringComparer.Ordinal) { [""] = 0 };
    private readonly List<byte> bytes = [0];

    /// <summary>Where a name is in the table.</summary>
    internal int Add(string name)
    {
        if (!offsets.TryGetValue(name, out int offset))
        {
            offsets.Add(name, offset = bytes.Count);
            bytes.AddRange(LosslessUtf8.GetBytes(name));
            bytes.Add(0);
        }

        return offset;
    }

    /// <summary>The table.</summary>
    internal byte[] ToBytes() => [.. bytes];
}

using System.Buffers.Binary;

using static Guestfs.Appliances.Elf.ElfFormat;

namespace Guestfs.Appliances.Elf;

/// <summary>.dynamic: what the loader is told of a library that is being written.</summary>
internal sealed class DynamicSection
{
    private readonly List<(DynamicTag Tag, Func<int> Value)> entries = [];

    /// <summary>Bytes of the section: entries, and one that ends them.</summary>
    internal int Length => (entries.Count + 1) * DynSize;

    /// <summary>Adds an entry whose value is known when all addresses are.</summary>
    internal void Add(DynamicTag tag, Func<int> value) => entries.Add((tag, value));

    /// <summary>Writes the entries.</summary>
    internal void WriteTo(Span<byte> bytes)
    {
        foreach ((DynamicTag tag, Func<int> value) in entries)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes[d_tag..], (ulong)tag);
            BinaryPrimitives.WriteInt64LittleEndian(bytes[d_un..], value());
            bytes = bytes[DynSize..];
        }
    }
}

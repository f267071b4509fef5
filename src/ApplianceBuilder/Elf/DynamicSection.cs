// .dynamic: what the loader is told of a library that is being written.
using System.Buffers.Binary;

namespace Guestfs.Appliances.Elf;

/// <summary>Collects the entries of <c>.dynamic</c>.</summary>
internal sealed class DynamicSection
{
    /// <summary>The type of the section.</summary>
    internal const uint SectionType = 6;

    /// <summary>Bytes of an entry.</summary>
    internal const int EntryLength = 16;

    private readonly List<(DynamicTag Tag, Func<int> Value)> entries = [];

    /// <summary>Bytes of the section: entries, and one that ends them.</summary>
    internal int Length => (entries.Count + 1) * EntryLength;

    /// <summary>Adds an entry whose value is known when all addresses are.</summary>
    internal void Add(DynamicTag tag, Func<int> value) => entries.Add((tag, value));

    /// <summary>Writes the entries.</summary>
    internal void WriteTo(Span<byte> bytes)
    {
        foreach ((DynamicTag tag, Func<int> value) in entries)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, (ulong)tag);
            BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], value());
            bytes = bytes[EntryLength..];
        }
    }
}

// The code that forwarding libraries have in common, compiled from native/guest/lazy-library when this library is built.
using System.Buffers.Binary;

using Guestfs.Appliances.Common;

using static Guestfs.Appliances.Elf.ElfFormat;

namespace Guestfs.Appliances.LazyLibraries;

/// <summary>Code that runs wherever it is put.</summary>
/// <param name="Machine">The processor that it is for.</param>
/// <param name="Bytes">The code.</param>
/// <param name="Entry">Where in it stubs go that know no function yet.</param>
/// <param name="Start">Where in it the library's initialisation is.</param>
internal sealed record LazyCode(ushort Machine, ReadOnlyMemory<byte> Bytes, int Entry, int Start)
{
    /// <summary>Reads the code for a processor. The same build of this library has always the same.</summary>
    /// <exception cref="ApplianceException">This library was built without it.</exception>
    internal static LazyCode Read(string cpu) => Decode(NativeCode.LazyLibrary(cpu));

    /// <summary>Decodes what native/guest/lazy-library/build.sh made:
    /// an ELF file with one segment, linked to address 0, whose first word says where lazy_start is.</summary>
    internal static LazyCode Decode(byte[] file)
    {
        ReadOnlySpan<byte> segment = file.AsSpan((int)BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(e_phoff)));
        ReadOnlyMemory<byte> code = file.AsMemory((int)BinaryPrimitives.ReadUInt64LittleEndian(segment[p_offset..]),
            (int)BinaryPrimitives.ReadUInt64LittleEndian(segment[p_filesz..]));
        return new LazyCode(
            BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(e_machine)),
            code,
            (int)BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(e_entry)),
            BinaryPrimitives.ReadInt32LittleEndian(code.Span));
    }
}

// The kernel's account of its own types (BTF), 5 MB of it, is for programs of BPF, of which an appliance has none.
using System.Buffers.Binary;

using Guestfs.Appliances.Elf;

using static Guestfs.Appliances.Elf.ElfFormat;

namespace Guestfs.Appliances.Kernel;

/// <summary>A kernel without its types.</summary>
internal static class KernelTypes
{
    // struct btf_header of linux/btf.h: two bytes by which it is known, version, flags, its own length, where types and names are.
    private const int HeaderLength = 24, VersionOffset = 2, OwnLengthOffset = 4, NamesLengthOffset = 20;
    private const ushort Magic = 0xEB9F;
    private const byte Version = 1;

    /// <summary>
    /// Whether the kernel loads modules that have types, though it has none: theirs go on from its own.
    /// </summary>
    internal static bool AreNeedless(KernelChoice kernel) => kernel.Has("\nCONFIG_MODULE_ALLOW_BTF_MISMATCH=y\n"u8);

    /// <summary>Writes zeros over them, an account of no types: where there is nothing valid, the kernel complains.</summary>
    /// <param name="kernel">An ELF file.</param>
    internal static void Clear(Span<byte> kernel)
    {
        RawSections sections = RawSections.Of(kernel);
        for (Span<byte> rest = sections.Table; rest.Length > 0; rest = rest[ShdrSize..])
        {
            ElfSection section = ElfSection.Decode(rest);
            if (!sections.IsNamed(section, ".BTF\0"u8) || section.Size <= HeaderLength
                || !RawSections.Fits(kernel, section.Offset, section.Size))
            {
                continue;
            }

            Span<byte> types = kernel.Slice((int)section.Offset, (int)section.Size);
            if (BinaryPrimitives.ReadUInt16LittleEndian(types) == Magic && types[VersionOffset] == Version)
            {
                types.Clear();
                BinaryPrimitives.WriteUInt16LittleEndian(types, Magic);
                types[VersionOffset] = Version;
                BinaryPrimitives.WriteInt32LittleEndian(types[OwnLengthOffset..], HeaderLength);
                BinaryPrimitives.WriteInt32LittleEndian(types[NamesLengthOffset..], types.Length - HeaderLength);
            }
        }
    }
}

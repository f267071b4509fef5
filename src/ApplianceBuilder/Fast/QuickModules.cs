// Loading a module is the smaller part of what the kernel does with it. It checks the signature, and reads its types (BTF), for the first
// one of all also those of the kernel itself, 5 MB, which nobody but programs of BPF asks for: a twelfth of a launch under emulation.
using System.Buffers.Binary;

using Guestfs.Appliances.Elf;
using Guestfs.Appliances.Kernel;
using Guestfs.Appliances.Modules;
using Guestfs.Appliances.Plan;

using static Guestfs.Appliances.Elf.ElfFormat;

namespace Guestfs.Appliances.Fast;

/// <summary>Kernel modules without what costs time when they are loaded: signatures and types.</summary>
internal static class QuickModules
{
    // The end of a signed file: the signature, whose length is in the last four bytes of a structure before these words.
    private const int SignatureStructure = 12;

    private static ReadOnlySpan<byte> SignatureEnd => "~Module signature appended~\n"u8;

    /// <summary>The modules of an initrd. They stay as they are where the kernel loads no others.</summary>
    internal static IReadOnlyList<KernelModule> Of(IReadOnlyList<KernelModule> modules, KernelChoice kernel) =>
        kernel.Has("\nCONFIG_MODULE_SIG_FORCE=y\n"u8)
            ? modules
            : [.. modules.Select(module => new KernelModule("/" + module.FileName, new BytesContent(Without(module.Read()))))];

    private static byte[] Without(byte[] module)
    {
        Span<byte> rest = module.AsSpan(0, module.Length - SignatureLength(module));
        HideTypes(rest);
        return rest.ToArray();
    }

    private static int SignatureLength(ReadOnlySpan<byte> module)
    {
        int around = SignatureStructure + SignatureEnd.Length;
        if (module.Length < around || !module.EndsWith(SignatureEnd))
        {
            return 0;
        }

        uint signature = BinaryPrimitives.ReadUInt32BigEndian(module[^(SignatureEnd.Length + sizeof(uint))..]);
        return signature <= module.Length - around ? (int)signature + around : 0;
    }

    // A section of no kind has no name, either: the kernel finds types by theirs. Whatever does not fit is left for the kernel to see.
    private static void HideTypes(Span<byte> module)
    {
        RawSections sections = RawSections.Of(module);
        for (Span<byte> rest = sections.Table; rest.Length > 0; rest = rest[ShdrSize..])
        {
            ElfSection section = ElfSection.Decode(rest);
            if (sections.IsNamed(section, ".BTF\0"u8) || sections.IsNamed(section, ".BTF.base\0"u8))
            {
                rest[..ShdrSize].Clear();
            }
        }
    }
}

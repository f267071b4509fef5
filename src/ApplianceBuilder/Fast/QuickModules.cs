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

    // Settings of the kernel have some hundred kB.
    private const int MaxSettings = 4 << 20;

    private static ReadOnlySpan<byte> SignatureEnd => "~Module signature appended~\n"u8;

    /// <summary>The modules of an initrd. They stay as they are where the kernel loads no others.</summary>
    internal static IReadOnlyList<KernelModule> Of(IReadOnlyList<KernelModule> modules, IKernelSource source, KernelChoice kernel) =>
        InsistsOnSignatures(source, kernel)
            ? modules
            : [.. modules.Select(module => new KernelModule("/" + module.FileName, new BytesContent(Without(module.Read()))))];

    private static bool InsistsOnSignatures(IKernelSource source, KernelChoice kernel)
    {
        string besideImage = FilePlanBuilder.Join(Path.GetDirectoryName(kernel.ImagePath)!, "config-" + kernel.Version);
        FileContent? settings = source.Find(besideImage) ?? source.Find(FilePlanBuilder.Join(kernel.ModulesDirectory, "config"));
        return settings is { Length: < MaxSettings } && settings.ReadAll().AsSpan().IndexOf("\nCONFIG_MODULE_SIG_FORCE=y\n"u8) >= 0;
    }

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
        if (module.Length < EhdrSize || ElfHeader.Decode(module) is not { } header || Table(module, header) is not { Length: > 0 } table)
        {
            return;
        }

        ElfSection names = ElfSection.Decode(table[(header.NamesIndex * ShdrSize)..]);
        if (names.Offset > (ulong)module.Length || names.Size > (ulong)module.Length - names.Offset)
        {
            return;
        }

        ReadOnlySpan<byte> text = module.Slice((int)names.Offset, (int)names.Size);
        for (; table.Length > 0; table = table[ShdrSize..])
        {
            uint name = ElfSection.Decode(table).Name;
            if (name < text.Length && (text[(int)name..].StartsWith(".BTF\0"u8) || text[(int)name..].StartsWith(".BTF.base\0"u8)))
            {
                table[..ShdrSize].Clear();
            }
        }
    }

    private static Span<byte> Table(Span<byte> module, ElfHeader header)
    {
        ulong size = (ulong)header.Count * ShdrSize;
        return header.TableOffset <= (ulong)module.Length && size <= (ulong)module.Length - header.TableOffset
            ? module.Slice((int)header.TableOffset, (int)size)
            : default;
    }
}

// aarch64. An address is made of its page, relative to that of the instruction, and its place in the page; x16 and x17
// belong to whoever comes between a caller and a function.
using System.Buffers.Binary;

using static Guestfs.Appliances.Elf.ElfFormat;

namespace Guestfs.Appliances.LazyLibraries;

/// <summary>The instructions of aarch64.</summary>
internal sealed class Arm64Code : ProcessorCode
{
    // The page of the instruction adrp, whatever the kernel's page size is.
    private const int Page = 4096;

    /// <inheritdoc/>
    internal override int PageSize => 65536;

    /// <inheritdoc/>
    internal override uint RelativeRelocation => R_AARCH64_RELATIVE;

    /// <inheritdoc/>
    internal override uint SymbolRelocation => R_AARCH64_GLOB_DAT;

    /// <inheritdoc/>
    internal override int StubLength => 24;

    /// <inheritdoc/>
    internal override int UnknownOffset => 12;

    /// <inheritdoc/>
    internal override int BridgeLength => 16;

    /// <inheritdoc/>
    internal override void WriteStub(Span<byte> code, int address, int slot, int index, int bridge)
    {
        Write(code, 0, PageOf(register: 16, address, slot));                        // adrp x16, slot
        Write(code, 4, 0xF9400211 | (uint)(slot % Page / 8 << 10));                 // ldr x17, [x16, #slot]
        Write(code, 8, 0xD61F0220);                                                 // br x17
        Write(code, 12, 0xD2800011 | ((uint)index << 5));                           // mov x17, #index
        Write(code, 16, Branch(address + 16, bridge));                              // b bridge
        Write(code, 20, 0xD503201F);                                                // nop
    }

    /// <inheritdoc/>
    internal override void WriteBridge(Span<byte> code, int address, int context, int target) =>
        WriteBridge(code, register: 16, address, context, target);

    /// <inheritdoc/>
    internal override void WriteStart(Span<byte> code, int address, int context, int target) =>
        WriteBridge(code, register: 0, address, context, target);

    private static void WriteBridge(Span<byte> code, uint register, int address, int context, int target)
    {
        Write(code, 0, PageOf(register, address, context));                                         // adrp xN, context
        Write(code, 4, 0x91000000 | (uint)(context % Page << 10) | (register << 5) | register);     // add xN, xN, #context
        Write(code, 8, Branch(address + 8, target));                                                // b target
        Write(code, 12, 0xD503201F);                                                                // nop
    }

    private static uint PageOf(uint register, int address, int of)
    {
        uint pages = (uint)((of / Page) - (address / Page));
        return 0x90000000 | ((pages & 3) << 29) | ((pages >> 2 & 0x7FFFF) << 5) | register;
    }

    private static uint Branch(int address, int target) => 0x14000000 | ((uint)((target - address) / 4) & 0x3FFFFFF);

    private static void Write(Span<byte> code, int at, uint instruction) =>
        BinaryPrimitives.WriteUInt32LittleEndian(code[at..], instruction);
}

// x86_64. All distances are from the end of the instruction.
using System.Buffers.Binary;

using static Guestfs.Appliances.Elf.ElfFormat;

namespace Guestfs.Appliances.LazyLibraries;

/// <summary>The instructions of x86_64.</summary>
internal sealed class X86Code : ProcessorCode
{
    /// <inheritdoc/>
    internal override int PageSize => 4096;

    /// <inheritdoc/>
    internal override uint RelativeRelocation => R_X86_64_RELATIVE;

    /// <inheritdoc/>
    internal override uint SymbolRelocation => R_X86_64_GLOB_DAT;

    /// <inheritdoc/>
    internal override int StubLength => 16;

    /// <inheritdoc/>
    internal override int UnknownOffset => 6;

    /// <inheritdoc/>
    internal override int BridgeLength => 16;

    /// <inheritdoc/>
    internal override void WriteStub(Span<byte> code, int address, int slot, int index, int bridge)
    {
        Write(code, [0xFF, 0x25], slot - (address + 6));            // jmp *slot(%rip)
        Write(code[6..], [0x68], index);                            // push $index
        Write(code[11..], [0xE9], bridge - (address + 16));         // jmp bridge
    }

    /// <inheritdoc/>
    internal override void WriteBridge(Span<byte> code, int address, int context, int target) =>
        WriteBridge(code, [0x4C, 0x8D, 0x1D], address, context, target); // lea context(%rip), %r11

    /// <inheritdoc/>
    internal override void WriteStart(Span<byte> code, int address, int context, int target) =>
        WriteBridge(code, [0x48, 0x8D, 0x3D], address, context, target); // lea context(%rip), %rdi

    private static void WriteBridge(Span<byte> code, ReadOnlySpan<byte> load, int address, int context, int target)
    {
        Write(code, load, context - (address + 7));
        Write(code[7..], [0xE9], target - (address + 12));          // jmp target
        code[12..16].Fill(0xCC);                                    // int3
    }

    private static void Write(Span<byte> code, ReadOnlySpan<byte> operation, int operand)
    {
        operation.CopyTo(code);
        BinaryPrimitives.WriteInt32LittleEndian(code[operation.Length..], operand);
    }
}

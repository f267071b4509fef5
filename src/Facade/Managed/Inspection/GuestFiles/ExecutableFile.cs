using System.Buffers.Binary;

namespace Guestfs;

/// <summary>The processor that a program is for, in libguestfs' words: guestfs_file_architecture(3).</summary>
internal static class ExecutableFile
{
    /// <summary>How much of a program <see cref="Architecture"/> needs.</summary>
    internal const int StartSize = 4096;

    /// <summary>The architecture by the header of an ELF or PE file; null if it is neither, or of a processor without a name.</summary>
    internal static string? Architecture(ReadOnlySpan<byte> start) =>
        start.Has(0, [0x7f, .. "ELF"u8]) ? OfElf(start)
        : start.Has(0, "MZ"u8) && start.U32(0x3c) is > 0 and < StartSize and uint at && start.Has((int)at, "PE\0\0"u8)
            ? start.U16((int)at + 24) switch { 0x10b => "i386", 0x20b => "x86_64", _ => null }
            : null;

    private static string? OfElf(ReadOnlySpan<byte> start)
    {
        if (start.Length < 20 || start[4] is not (1 or 2) || start[5] is not (1 or 2))
        {
            return null;
        }

        int bits = start[4] * 32;
        bool little = start[5] == 1;
        return (little ? start.U16(18) : BinaryPrimitives.ReadUInt16BigEndian(start[18..])) switch
        {
            3 => "i386",
            62 => "x86_64",
            18 => "sparc",
            43 => "sparc64",
            50 => "ia64",
            21 => little ? "ppc64le" : "ppc64",
            20 => "ppc",
            183 => "aarch64",
            40 => "arm",
            243 => $"riscv{bits}",
            22 => bits == 32 ? "s390" : "s390x",
            258 => $"loongarch{bits}",
            8 => "MIPS",
            _ => null,
        };
    }
}

// What a forwarding library needs of each processor: a few instructions, and the numbers of relocations.
using static Guestfs.Appliances.Elf.ElfFormat;

namespace Guestfs.Appliances.LazyLibraries;

/// <summary>A processor's instructions for forwarding libraries.</summary>
internal abstract class ProcessorCode
{
    /// <summary>The largest page that its kernels use, in bytes.</summary>
    internal abstract int PageSize { get; }

    /// <summary>The relocation that stands for an address in the library itself.</summary>
    internal abstract uint RelativeRelocation { get; }

    /// <summary>The relocation that stands for a symbol's address.</summary>
    internal abstract uint SymbolRelocation { get; }

    /// <summary>Bytes of a stub.</summary>
    internal abstract int StubLength { get; }

    /// <summary>Where in a stub it goes on as long as its function is not known.</summary>
    internal abstract int UnknownOffset { get; }

    /// <summary>Bytes of what stubs and the loader come through to the common code.</summary>
    internal abstract int BridgeLength { get; }

    /// <summary>The instructions of a processor.</summary>
    /// <exception cref="InvalidOperationException">This library was built for one that it does not know.</exception>
    internal static ProcessorCode For(ushort machine) => machine switch
    {
        EM_X86_64 => new X86Code(),
        EM_AARCH64 => new Arm64Code(),
        _ => throw new InvalidOperationException($"No forwarding libraries for ELF machine {machine}."),
    };

    /// <summary>Writes a stub: jump to the address at <paramref name="slot"/>;
    /// and from there at first, with the function's index, to the bridge.</summary>
    internal abstract void WriteStub(Span<byte> code, int address, int slot, int index, int bridge);

    /// <summary>Writes the bridge of the stubs: with the context's address to the common code.</summary>
    internal abstract void WriteBridge(Span<byte> code, int address, int context, int target);

    /// <summary>Writes the bridge of the initialisation: with the context's address as the first argument to the common code.</summary>
    internal abstract void WriteStart(Span<byte> code, int address, int context, int target);
}

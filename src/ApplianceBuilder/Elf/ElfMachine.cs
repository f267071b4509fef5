namespace Guestfs.Appliances.Elf;

/// <summary>Processors, as <c>e_machine</c> has them.</summary>
internal static class ElfMachine
{
    /// <summary>EM_X86_64.</summary>
    internal const ushort X64 = 62;

    /// <summary>EM_AARCH64.</summary>
    internal const ushort Arm64 = 183;
}

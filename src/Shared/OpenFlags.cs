// The flags of open(2), which stand here once: some have other values on some processors, and a wrong one would be no
// protection at all.
using System.Runtime.InteropServices;

namespace Guestfs;

/// <summary>How a file is opened.</summary>
internal static class OpenFlags
{
    internal const int ReadOnly = 0, WriteOnly = 1, ReadWrite = 2, Create = 0x40, Exclusive = 0x80, NonBlocking = 0x800, CloseOnExec = 0x80000, PathOnly = 0x200000;

    /// <summary>Only a directory.</summary>
    internal static int Directory { get; } = DirectoryOn(RuntimeInformation.ProcessArchitecture);

    /// <summary>No symbolic link.</summary>
    internal static int NoFollow { get; } = NoFollowOn(RuntimeInformation.ProcessArchitecture);

    internal static int DirectoryOn(Architecture processor) => IsArmOrPower(processor) ? 0x4000 : 0x10000;

    internal static int NoFollowOn(Architecture processor) => IsArmOrPower(processor) ? 0x8000 : 0x20000;

    private static bool IsArmOrPower(Architecture processor) => processor is Architecture.Arm64 or Architecture.Arm or Architecture.Armv6 or Architecture.Ppc64le;
}

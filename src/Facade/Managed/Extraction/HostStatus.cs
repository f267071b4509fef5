// The kernel's struct statx, which is the same on every architecture.
using System.Runtime.InteropServices;

namespace Guestfs;

/// <summary>The status of a file on the host, as far as extraction asks for it.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct HostStatus
{
    /// <summary>Type and permissions.</summary>
    [FieldOffset(28)]
    internal ushort Mode;

    [FieldOffset(32)]
    private readonly ulong inode;

    [FieldOffset(136)]
    private readonly uint deviceMajor;

    [FieldOffset(140)]
    private readonly uint deviceMinor;

    internal readonly int Type => Mode & ModeBits.TypeMask;

    /// <summary>What no other file has while this one exists.</summary>
    internal readonly (uint Major, uint Minor, ulong Inode) Identity => (deviceMajor, deviceMinor, inode);
}

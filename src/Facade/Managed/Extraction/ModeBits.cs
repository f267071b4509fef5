// What the bits of a file's mode mean, the same in the guest and on the host.
namespace Guestfs;

/// <summary>Types and special bits of st_mode.</summary>
internal static class ModeBits
{
    internal const int TypeMask = 0xF000, Fifo = 0x1000, CharacterDevice = 0x2000, Directory = 0x4000, BlockDevice = 0x6000, Regular = 0x8000, SymbolicLink = 0xA000, Socket = 0xC000;

    internal const int Permissions = 0x1FF, Special = 0xE00, OwnerAll = 0x1C0, OwnerReadWrite = 0x180;

    internal static int TypeOf(StatNs status) => (int)status.StMode & TypeMask;
}

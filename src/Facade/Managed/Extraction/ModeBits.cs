using static Guestfs.Interop.Libc;

namespace Guestfs;

/// <summary>Types and special bits of st_mode.</summary>
internal static class ModeBits
{
    internal const int Permissions = S_IRWXU | S_IRWXG | S_IRWXO,
        Special = S_ISUID | S_ISGID | S_ISVTX,
        OwnerAll = S_IRWXU,
        OwnerReadWrite = S_IRUSR | S_IWUSR;

    /// <summary>The special bits that a copy keeps. That of a directory only takes from others what they could do without it.</summary>
    internal static int KeptOf(StatNs status, ExtractOptions options) =>
        options.PreserveSpecialBits ? Special : TypeOf(status) == S_IFDIR ? S_ISVTX : 0;

    internal static int TypeOf(StatNs status) => (int)status.Mode & S_IFMT;
}

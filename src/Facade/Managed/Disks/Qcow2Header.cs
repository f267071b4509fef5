// The first bytes of a qcow2 image, in big-endian numbers: docs/interop/qcow2.txt in qemu's source. They tell why qemu refuses one
// that it can make no other sense of.
using System.Buffers.Binary;

using Microsoft.Win32.SafeHandles;

namespace Guestfs;

/// <summary>What the header of an image says.</summary>
/// <param name="Version">Of the format.</param>
/// <param name="IsEncrypted">Whether it is encrypted as a whole.</param>
/// <param name="IsMarkedCorrupt">Whether qemu has found it to be damaged before.</param>
/// <param name="HasUnknownFeatures">Whether it has features that must be understood, and that qemu 10 does not know.</param>
internal readonly record struct Qcow2Header(uint Version, bool IsEncrypted, bool IsMarkedCorrupt, bool HasUnknownFeatures)
{
    private const int Size = 80, VersionAt = 4, EncryptionAt = 32, FeaturesAt = 72;
    private const ulong Corrupt = 2, Known = 31;

    /// <summary>Whether a version is newer than all that are known.</summary>
    internal bool IsNewer => Version > 3 || HasUnknownFeatures;

    /// <summary>Reads it; null if the file is no such image.</summary>
    internal static Qcow2Header? Read(SafeFileHandle file)
    {
        Span<byte> start = stackalloc byte[Size];
        try
        {
            start = start[..RandomAccess.Read(file, start, 0)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        if (start.Length < EncryptionAt + sizeof(uint) || !start.StartsWith("QFI"u8) || start[3] != 0xFB)
        {
            return null;
        }

        uint version = BinaryPrimitives.ReadUInt32BigEndian(start[VersionAt..]);
        ulong features = version >= 3 && start.Length == Size ? BinaryPrimitives.ReadUInt64BigEndian(start[FeaturesAt..]) : 0;
        return new Qcow2Header(
            version,
            BinaryPrimitives.ReadUInt32BigEndian(start[EncryptionAt..]) != 0,
            (features & Corrupt) != 0,
            (features & ~Known) != 0);
    }
}

using static System.Buffers.Binary.BinaryPrimitives;

namespace Guestfs.Appliances.Ext2;

/// <summary>POSIX ACLs: what getxattr(2) returns of them is not what ext2 stores.</summary>
internal static class Ext2Acl
{
    private const uint SystemVersion = 2, DiskVersion = 1;
    private const int SystemEntrySize = 8, ShortEntrySize = 4;
    private const ushort User = 0x02, Group = 0x08;

    /// <summary>An attribute's value as the system has it, turned into the stored form:
    /// only named users and groups have a number.</summary>
    /// <exception cref="ApplianceException">It is not an access control list.</exception>
    internal static byte[] Convert(string path, ReadOnlySpan<byte> value)
    {
        if (value.Length < 4 || (value.Length - 4) % SystemEntrySize != 0 || ReadUInt32LittleEndian(value) != SystemVersion)
        {
            throw new ApplianceException(
                ApplianceProblem.InvalidInput, $"The access control list of {path} is damaged. Set it again, or leave it out.");
        }

        byte[] result = new byte[value.Length];
        WriteUInt32LittleEndian(result, DiskVersion);
        int length = 4;
        for (value = value[4..]; !value.IsEmpty; value = value[SystemEntrySize..])
        {
            int size = ReadUInt16LittleEndian(value) is User or Group ? SystemEntrySize : ShortEntrySize;
            value[..size].CopyTo(result.AsSpan(length));
            length += size;
        }

        return result[..length];
    }
}

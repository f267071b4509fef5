// The bytes of the smallest Windows registry file: one root key and its security record.
using System.Buffers.Binary;
using System.Text;

namespace Guestfs.TestSupport;

/// <summary>Makes a registry file for tests; the names of the fields are those of hivex.</summary>
public static class MinimalHive
{
    private const int Page = 4096;
    private const int Root = 0x20;
    private const int Security = Root + 96;
    private const int Free = Security + 48;
    private const int None = -1;

    /// <summary>Makes one.</summary>
    public static byte[] Create()
    {
        byte[] hive = new byte[2 * Page];
        "regf"u8.CopyTo(hive);
        Put(hive, 4, 1); // sequence1
        Put(hive, 8, 1); // sequence2
        Put(hive, 20, 1); // major_ver
        Put(hive, 24, 3); // minor_ver
        Put(hive, 32, 1);
        Put(hive, 36, Root);
        Put(hive, 40, Page); // blocks
        Put(hive, 44, 1);
        int checksum = 0;
        for (int i = 0; i < 508; i += 4)
        {
            checksum ^= BinaryPrimitives.ReadInt32LittleEndian(hive.AsSpan(i));
        }

        Put(hive, 508, checksum);

        Span<byte> page = hive.AsSpan(Page);
        "hbin"u8.CopyTo(page);
        Put(page, 8, Page);

        // A negative size marks a cell in use.
        Span<byte> root = page[Root..];
        byte[] name = Encoding.ASCII.GetBytes("root");
        Put(root, 0, Root - Security);
        "nk"u8.CopyTo(root[4..]);
        root[6] = 0x2c; // flags: root key, name in ASCII
        Put(root, 20, None); // parent
        Put(root, 32, None); // subkey_lf
        Put(root, 36, None); // subkey_lf_volatile
        Put(root, 44, None); // vallist
        Put(root, 48, Security); // sk
        Put(root, 52, None); // classname
        root[76] = (byte)name.Length;
        name.CopyTo(root[80..]);

        Span<byte> security = page[Security..];
        Put(security, 0, Security - Free);
        "sk"u8.CopyTo(security[4..]);
        Put(security, 8, Security); // sk_next
        Put(security, 12, Security); // sk_prev
        Put(security, 16, 1); // refcount
        Put(security, 20, 20); // sec_len
        security[24] = 1;

        Put(page, Free, Page - Free);
        return hive;
    }

    private static void Put(Span<byte> target, int offset, int value) => BinaryPrimitives.WriteInt32LittleEndian(target[offset..], value);
}

// Writes tar archives that no tar would write.
using System.Text;

namespace Guestfs.Appliances.Tests.Archives;

/// <summary>Puts raw tar members together.</summary>
internal sealed class TarBuilder
{
    private readonly List<byte> archive = [];

    /// <summary>Adds a header, its data and the padding.</summary>
    public TarBuilder Add(string name, char type = '0', string data = "", string link = "", string? size = null, string mode = "0000644\0",
        string uid = "0000000\0")
    {
        byte[] block = new byte[512];
        byte[] bytes = Encoding.Latin1.GetBytes(data);
        Put(block, 0, name);
        Put(block, 100, mode);
        Put(block, 108, uid);
        Put(block, 116, "0000000\0");
        Put(block, 124, size ?? Convert.ToString(bytes.Length, 8).PadLeft(11, '0') + "\0");
        Put(block, 136, "00000000001\0");
        Put(block, 148, "        ");
        block[156] = (byte)type;
        Put(block, 157, link);
        Put(block, 257, "ustar\000000");
        Put(block, 329, "0000001\0");
        Put(block, 337, "0000003\0");
        Put(block, 148, Convert.ToString(block.Sum(b => b), 8).PadLeft(6, '0') + "\0 ");
        archive.AddRange(block);
        archive.AddRange(bytes);
        archive.AddRange(new byte[-bytes.Length & 511]);
        return this;
    }

    /// <summary>Adds a pax extended header with one record.</summary>
    public TarBuilder AddPax(string key, string value)
    {
        string rest = $" {key}={value}\n";
        int length = rest.Length + 1;
        while (length != rest.Length + $"{length}".Length)
        {
            length = rest.Length + $"{length}".Length;
        }

        return Add("pax", 'x', length + rest);
    }

    /// <summary>The archive with its end mark.</summary>
    public byte[] End()
    {
        archive.AddRange(new byte[1024]);
        return [.. archive];
    }

    /// <summary>The archive without an end mark.</summary>
    public byte[] Unfinished() => [.. archive];

    private static void Put(byte[] block, int at, string text) => Encoding.Latin1.GetBytes(text).CopyTo(block, at);
}

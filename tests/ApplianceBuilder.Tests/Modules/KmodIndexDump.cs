// The lines of a libkmod index whatever the order of its nodes, for comparisons with a depmod that orders them otherwise.
using System.Buffers.Binary;
using System.Text;

namespace Guestfs.Appliances.Tests.Modules;

internal sealed class KmodIndexDump(byte[] index)
{
    private readonly List<string> lines = [];
    private int position;

    internal static IReadOnlyList<string> Lines(byte[] index)
    {
        KmodIndexDump dump = new(index);
        dump.Visit(BinaryPrimitives.ReadUInt32BigEndian(index.AsSpan(8)), "");
        return dump.lines;
    }

    private void Visit(uint reference, string key)
    {
        position = (int)(reference & 0x0FFFFFFF);
        key += (reference & 0x80000000) != 0 ? Text() : "";
        List<(char Character, uint Child)> children = [];
        if ((reference & 0x20000000) != 0)
        {
            (char first, char last) = ((char)index[position++], (char)index[position++]);
            for (char c = first; c <= last; c++)
            {
                children.Add((c, Number()));
            }
        }

        for (uint i = (reference & 0x40000000) != 0 ? Number() : 0; i > 0; i--)
        {
            lines.Add($"{key} {Number()} {Text()}");
        }

        foreach ((char character, uint child) in children.Where(child => child.Child != 0))
        {
            Visit(child, key + character);
        }
    }

    private uint Number()
    {
        position += sizeof(uint);
        return BinaryPrimitives.ReadUInt32BigEndian(index.AsSpan(position - sizeof(uint)));
    }

    private string Text()
    {
        int start = position;
        position = Array.IndexOf(index, (byte)0, start) + 1;
        return Encoding.Latin1.GetString(index, start, position - 1 - start);
    }
}

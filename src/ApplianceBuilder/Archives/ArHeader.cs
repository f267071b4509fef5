// The header of a member of an ar archive, of the plain kind that .deb files have: short names only.
using System.Buffers.Text;
using System.Text;

namespace Guestfs.Appliances.Archives;

/// <summary>A decoded ar member header.</summary>
/// <param name="Name">The member's name, without padding and without the slash that some writers add.</param>
/// <param name="Size">The member's size in bytes, without padding.</param>
internal readonly record struct ArHeader(string Name, long Size)
{
    /// <summary>Size of a header in bytes.</summary>
    internal const int Length = 60;

    /// <summary>What an ar archive begins with.</summary>
    internal static ReadOnlySpan<byte> Magic => "!<arch>\n"u8;

    /// <summary>Decodes a header; null when the bytes are none.</summary>
    internal static ArHeader? Decode(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> name = bytes[..16].TrimEnd((byte)' ');
        ReadOnlySpan<byte> size = bytes[48..58].TrimEnd((byte)' ');
        if (!bytes[58..60].SequenceEqual("`\n"u8) || name.IsEmpty || name.ContainsAnyExceptInRange((byte)'!', (byte)'~')
            || !Utf8Parser.TryParse(size, out long value, out int used) || used != size.Length || value < 0)
        {
            return null;
        }

        return new ArHeader(Encoding.ASCII.GetString(name[^1] == (byte)'/' && name.Length > 1 ? name[..^1] : name), value);
    }
}

// Lists the members of an ar archive, which is what a .deb is outside.
using System.Buffers.Text;
using System.Text;

namespace Guestfs.Appliances.Archives;

/// <summary>Reads ar archives. Strict: anything but whole members to the end of the file is an error.</summary>
internal static class ArReader
{
    // A .deb has three; a hostile file must not make millions.
    private const int MaxMembers = 64;

    /// <summary>All members, in the archive's order.</summary>
    /// <param name="archive">A seekable stream.</param>
    /// <param name="archiveName">What messages call it.</param>
    /// <exception cref="ApplianceException">It is not an ar archive, or damaged.</exception>
    internal static IReadOnlyList<ArMember> List(Stream archive, string archiveName)
    {
        Span<byte> buffer = stackalloc byte[ArHeader.Length];
        archive.Position = 0;
        if (archive.ReadAtLeast(buffer[..ArHeader.Magic.Length], ArHeader.Magic.Length, throwOnEndOfStream: false) < ArHeader.Magic.Length
            || !buffer[..ArHeader.Magic.Length].SequenceEqual(ArHeader.Magic))
        {
            throw ArchiveFault.In(archiveName, "it is not an ar archive, and so no .deb package.");
        }

        List<ArMember> members = [];
        for (long at = ArHeader.Magic.Length; at < archive.Length;)
        {
            archive.Position = at;
            if (members.Count == MaxMembers
                || archive.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false) < buffer.Length
                || ArHeader.Decode(buffer) is not { } header)
            {
                throw ArchiveFault.In(archiveName, $"there is no valid ar member header at byte {at}.");
            }

            at += ArHeader.Length;

            // Members begin at even offsets.
            long padding = header.Size & 1;
            if (header.Size > archive.Length - at - padding)
            {
                throw ArchiveFault.In(archiveName, header.Name, $"should have {header.Size} bytes, but the file ends before that.");
            }

            members.Add(new ArMember(header.Name, at, header.Size));
            at += header.Size + padding;
        }

        return members;
    }
}

// The header of a member of an ar archive, of the plain kind that .deb files have: short names only.
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

/// <summary>Where a member lies in an ar archive.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Offset">Where its bytes begin, in bytes from the start of the archive.</param>
/// <param name="Length">How many bytes it has.</param>
internal readonly record struct ArMember(string Name, long Offset, long Length);

// Lists the members of an ar archive, which is what a .deb is outside.
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
            throw ArchiveFault.In(archiveName, "it is not an ar archive, which every .deb is.");
        }

        List<ArMember> members = [];
        for (long at = ArHeader.Magic.Length; at < archive.Length;)
        {
            archive.Position = at;
            if (members.Count == MaxMembers || archive.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false) < buffer.Length || ArHeader.Decode(buffer) is not { } header)
            {
                throw ArchiveFault.In(archiveName, $"there is no valid ar member header at byte {at}.");
            }

            at += ArHeader.Length;

            // Members begin at even offsets.
            long padding = header.Size & 1;
            if (header.Size > archive.Length - at - padding)
            {
                throw ArchiveFault.In(archiveName, header.Name, $"should have {header.Size} bytes, and the file ends before.");
            }

            members.Add(new ArMember(header.Name, at, header.Size));
            at += header.Size + padding;
        }

        return members;
    }
}

using Guestfs.Appliances.Packages;

namespace Guestfs.Appliances.Rpm;

/// <summary>Reads what 'rpmdb --exportdb' prints: every header with a magic number before it.</summary>
internal static class RpmExport
{
    private const int MaxReadLength = 1 << 20;

    private static ReadOnlySpan<byte> Magic => [0x8E, 0xAD, 0xE8, 0x01, 0, 0, 0, 0];

    /// <summary>Goes through all headers of a stream.</summary>
    /// <exception cref="ApplianceException">The stream is damaged or ends early.</exception>
    internal static void ReadHeaders(Stream stream, string path, Action<ReadOnlySpan<byte>> read, CancellationToken cancellationToken)
    {
        byte[] intro = new byte[Magic.Length + RpmHeader.IntroSize];
        int got;
        while ((got = stream.ReadAtLeast(intro, intro.Length, throwOnEndOfStream: false)) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (got < intro.Length || !intro.AsSpan().StartsWith(Magic))
            {
                throw DatabaseFile.Damaged(path, "rpmdb exported something that is not a header");
            }

            int length = RpmHeader.Measure(intro.AsSpan(Magic.Length), path);
            byte[] header = new byte[Math.Min(length, MaxReadLength)];
            intro.AsSpan(Magic.Length).CopyTo(header);
            for (int filled = RpmHeader.IntroSize; filled < length;)
            {
                // A length alone is not worth its memory.
                if (filled == header.Length)
                {
                    Array.Resize(ref header, (int)Math.Min(length, header.Length * 2L));
                }

                int count = stream.Read(header, filled, Math.Min(header.Length, length) - filled);
                filled += count > 0 ? count : throw DatabaseFile.Damaged(path, "rpmdb's export ends within a header");
            }

            read(header.AsSpan(0, length));
        }
    }
}

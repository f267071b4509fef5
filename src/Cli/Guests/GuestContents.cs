// Contents of files come to the host and are looked at here: a program in the appliance has to be started for each file, and computes
// slowly where the appliance is emulated.
using System.Security.Cryptography;

using Guestfs.Interop;

namespace Guestfs.Cli.Guests;

/// <summary>Reads regular files of the guest piece by piece.</summary>
internal static class GuestContents
{
    private const int Piece = 1 << 20, TailPiece = 64 << 10;

    /// <summary>The digests that can be had, by their names.</summary>
    internal static HashAlgorithmName? Algorithm(string name) => name switch
    {
        "md5" => HashAlgorithmName.MD5,
        "sha1" => HashAlgorithmName.SHA1,
        "sha256" => HashAlgorithmName.SHA256,
        "sha384" => HashAlgorithmName.SHA384,
        "sha512" => HashAlgorithmName.SHA512,
        _ => null,
    };

    /// <summary>A digest of a file, in hexadecimal digits.</summary>
    internal static string Digest(
        GuestfsHandle g, string path, HashAlgorithmName algorithm, ProgressBar? bar, CancellationToken cancellationToken)
    {
        if (algorithm == HashAlgorithmName.SHA256)
        {
            using Sha256Hash ours = new();
            Read(g, path, 0, ours.Add, bar, cancellationToken);
            return Convert.ToHexStringLower(ours.Current());
        }

        // The others are OpenSSL's, or the appliance's.
        if (!OpenSsl.IsThere)
        {
            return g.Checksum(algorithm.Name!.ToLowerInvariant(), path);
        }

        using IncrementalHash hash = IncrementalHash.CreateHash(algorithm);
        Read(g, path, 0, bytes => hash.AppendData(bytes), bar, cancellationToken);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The status of a regular file. A pipe would never end, and a device would be the appliance's.</summary>
    internal static StatNs StatusOf(GuestfsHandle g, string path)
    {
        StatNs status = g.Statns(path);
        return ModeBits.TypeOf(status) == Libc.S_IFREG
            ? status
            : throw new GuestfsException("statns", Libc.EINVAL, $"{path} is no regular file.");
    }

    /// <summary>Reads a file to its end.</summary>
    /// <param name="g">The handle.</param>
    /// <param name="path">The file.</param>
    /// <param name="offset">Where to begin.</param>
    /// <param name="take">Takes the bytes.</param>
    /// <param name="bar">Shows how far it is.</param>
    /// <param name="cancellationToken">Ends it between two pieces.</param>
    /// <returns>Where the file ended.</returns>
    internal static long Read(
        GuestfsHandle g, string path, long offset, Action<ReadOnlySpan<byte>> take, ProgressBar? bar, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using GuestfsBuffer bytes = g.PreadBuffer(path, Piece, offset);
            if (bytes.Length == 0)
            {
                return offset;
            }

            take(bytes.GetSpan());
            offset += bytes.Length;
            bar?.Count(path, 0, offset);
        }
    }

    /// <summary>Where the last lines of a file begin, seen from its end. What ends the file ends no other line.</summary>
    internal static long LastLines(GuestfsHandle g, string path, long size, int lines)
    {
        long wanted = lines;
        for (long end = size; end > 0 && wanted > 0; end -= TailPiece)
        {
            long start = Math.Max(end - TailPiece, 0);
            using GuestfsBuffer bytes = g.PreadBuffer(path, (int)(end - start), start);
            ReadOnlySpan<byte> rest = bytes.GetSpan();
            if (end == size && rest is [.., (byte)'\n'])
            {
                rest = rest[..^1];
            }

            for (int at; (at = rest.LastIndexOf((byte)'\n')) >= 0; rest = rest[..at])
            {
                if (--wanted == 0)
                {
                    return start + at + 1;
                }
            }
        }

        return lines == 0 ? size : 0;
    }
}

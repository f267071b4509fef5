using Guestfs.Appliances.Archives;
using SharpCompress.Compressors.ZStandard;
using SharpCompress.Compressors.ZStandard.Unsafe;

namespace Guestfs.Appliances.Bundles;

/// <summary>A bundle as a tar archive, packed with zstd or not.</summary>
internal static class BundleTar
{
    // The bundle and its appliance have libraries in common, far from each other: to see that is worth more than a higher level. This is
    // the largest window that every reader takes.
    private const int Level = 10, WindowBits = 27;

    /// <summary>Writes the archive: one directory, <c>guestfs-bundle</c>.</summary>
    internal static void Write(BundleTree bundle, Stream output, bool packed, Action<long> written, CancellationToken cancellationToken)
    {
        using Stream target = packed ? Pack(output) : new BufferedStream(output);
        TarWriter.Write(bundle.Below("/" + GuestfsBundle.UsualName), target, withHoles: true, written, cancellationToken);
    }

    private static CompressionStream Pack(Stream output)
    {
        CompressionStream packed = new(output, Level);
        packed.SetParameter(ZSTD_cParameter.ZSTD_c_enableLongDistanceMatching, 1);
        packed.SetParameter(ZSTD_cParameter.ZSTD_c_windowLog, WindowBits);
        packed.SetParameter(ZSTD_cParameter.ZSTD_c_checksumFlag, 1);
        return packed;
    }
}

using System.IO.Compression;

using Guestfs.Appliances.Plan;
using SharpCompress.Compressors.Xz;
using SharpCompress.Compressors.ZStandard;

namespace Guestfs.Appliances.Modules;

/// <summary>A kernel module's file, and its bytes as the kernel wants them: uncompressed.</summary>
/// <param name="Path">Its file in the source.</param>
/// <param name="Content">The file's bytes, which may be compressed.</param>
internal sealed record KernelModule(string Path, FileContent Content)
{
    // Large ones have a few MB.
    private const int MaxSize = 64 << 20;

    /// <summary>The name of the uncompressed file.</summary>
    internal string FileName => WantedModules.ModuleName(Path) + ".ko";

    /// <summary>Reads and decompresses the module.</summary>
    /// <exception cref="ApplianceException">The file cannot be read, or is damaged.</exception>
    internal byte[] Read()
    {
        if (Content.Length > MaxSize)
        {
            throw TooLarge();
        }

        byte[] file = Content.ReadAll();
        if (Path.EndsWith(".ko", StringComparison.Ordinal))
        {
            return file;
        }

        try
        {
            using MemoryStream compressed = new(file);
            using Stream stream = Decompress(compressed);
            return ReadAll(stream);
        }
        catch (Exception e) when (e is not (ApplianceException or OutOfMemoryException))
        {
            // What decoders throw at damaged input is of many types.
            throw new ApplianceException(
                ApplianceProblem.InvalidArchive,
                $"{Path} is damaged and cannot be decompressed ({e.Message}). Install its kernel package again.", e);
        }
    }

    private Stream Decompress(Stream compressed) => System.IO.Path.GetExtension(Path) switch
    {
        ".gz" => new GZipStream(compressed, CompressionMode.Decompress),
        ".xz" => new XZStream(compressed),
        _ => new DecompressionStream(compressed),
    };

    private byte[] ReadAll(Stream stream)
    {
        using MemoryStream result = new();
        byte[] buffer = new byte[1 << 16];
        for (int count; (count = stream.Read(buffer)) > 0;)
        {
            if (result.Length + count > MaxSize)
            {
                throw TooLarge();
            }

            result.Write(buffer.AsSpan(0, count));
        }

        return result.ToArray();
    }

    private ApplianceException TooLarge() =>
        new(ApplianceProblem.InvalidInput,
            $"{Path} is larger than {MaxSize >> 20} MB, which no kernel module is. Install its kernel package again.");
}

using System.Buffers;
using System.Text.Json;

using Guestfs.Appliances.Common;
using Guestfs.Appliances.Host;
using Microsoft.Win32.SafeHandles;

namespace Guestfs.Appliances.Manifest;

/// <summary>Compares files with the digests in a manifest.</summary>
internal static class FileCheck
{
    private const string Remedy = "Build it again.";
    private const int BufferSize = 4 << 20;

    /// <summary>Compares all files that a manifest names with their digests.</summary>
    /// <param name="directory">Where they are.</param>
    /// <param name="files">What the manifest says.</param>
    /// <param name="faultOf">What is wrong with a name; null if nothing is.</param>
    /// <param name="progress">Receives the number of bytes read.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="ApplianceException">One is missing, or not what it was.</exception>
    internal static void RunAll(
        string directory, IReadOnlyList<ManifestFile> files, Func<string, string?> faultOf, IProgress<ApplianceProgress>? progress,
        CancellationToken cancellationToken)
    {
        long total = files.Sum(file => file.Size), done = 0;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            foreach (ManifestFile file in files)
            {
                if (faultOf(file.Name) is { } fault)
                {
                    throw Damaged(Path.Combine(directory, file.Name), fault);
                }

                Run(directory, file, buffer, count => progress?.Report(
                    new ApplianceProgress(ApplianceStage.Verifying, done += count, total, file.Name)), cancellationToken);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Compares a manifest with the bill of materials beside it, which was made of it.</summary>
    /// <exception cref="ApplianceException">They do not belong together.</exception>
    internal static void RunManifest(string path)
    {
        string billPath = Path.Combine(Path.GetDirectoryName(path)!, CycloneDx.FileName);
        try
        {
            using JsonDocument bill = JsonDocument.Parse(ReadAll(billPath));
            if (!bill.RootElement.TryGetProperty(CycloneDx.SerialNumberName, out JsonElement serial)
                || !serial.ValueEquals(CycloneDx.SerialNumber(ReadAll(path))))
            {
                throw Damaged(path, $"{CycloneDx.FileName} belongs to another manifest");
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException
            or InvalidOperationException or ApplianceException { Problem: ApplianceProblem.UnreadableFile })
        {
            throw new ApplianceException(
                ApplianceProblem.Damaged, $"{path} cannot be compared with {billPath}: {exception.Message} {Remedy}",
                exception);
        }
    }

    private static byte[] ReadAll(string path)
    {
        using SafeFileHandle file = Posix.OpenRead(path);
        byte[] bytes = new byte[RandomAccess.GetLength(file)];
        return bytes[..RandomAccess.Read(file, bytes, 0)];
    }

    private static void Run(
        string directory, ManifestFile output, byte[] buffer, Action<long> read, CancellationToken cancellationToken)
    {
        string path = Path.Combine(directory, output.Name);
        try
        {
            using FileStream file = new(Posix.OpenRead(path), FileAccess.Read, bufferSize: 0);
            if (file.Length != output.Size)
            {
                throw Damaged(path, $"it has {file.Length} bytes instead of {output.Size}");
            }

            byte[] digest = output.DataSha256 is null
                ? DigestOfAll(file, buffer, read, cancellationToken)
                : DigestOfData(file, buffer, read, cancellationToken);
            if (!string.Equals(Convert.ToHexStringLower(digest), output.DataSha256 ?? output.Sha256, StringComparison.OrdinalIgnoreCase))
            {
                throw Damaged(path, "its digest differs");
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException
            or ApplianceException { Problem: ApplianceProblem.UnreadableFile })
        {
            throw new ApplianceException(
                ApplianceProblem.Damaged, $"{path} cannot be read: {exception.Message} {Remedy}",
                exception);
        }
    }

    private static byte[] DigestOfAll(FileStream file, byte[] buffer, Action<long> read, CancellationToken cancellationToken)
    {
        using Sha256Hash hash = new();
        for (int count; (count = file.Read(buffer)) > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            hash.Add(buffer.AsSpan(0, count));
            read(count);
        }

        return hash.Current();
    }

    // Holes are not even read.
    private static byte[] DigestOfData(FileStream file, byte[] buffer, Action<long> read, CancellationToken cancellationToken)
    {
        using DataDigest digest = new();
        int whole = buffer.Length / DataDigest.BlockSize * DataDigest.BlockSize;
        long at = 0;
        foreach (DataRange range in Posix.FindData(file.SafeFileHandle, 0, file.Length))
        {
            // Whole blocks, wherever the filesystem's begin and end.
            long start = Math.Max(at, range.Offset / DataDigest.BlockSize * DataDigest.BlockSize);
            long end = Math.Min(
                file.Length, (range.Offset + range.Length + DataDigest.BlockSize - 1) / DataDigest.BlockSize * DataDigest.BlockSize);
            for (; start < end; at = start)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Span<byte> piece = buffer.AsSpan(0, (int)Math.Min(whole, end - start));
                file.Position = start;
                file.ReadExactly(piece);
                digest.Add(start, piece);
                start += piece.Length;
                read(start - at);
            }
        }

        read(file.Length - at);
        return digest.Finish();
    }

    /// <summary>The exception for what is not as it was.</summary>
    internal static ApplianceException Damaged(string path, string how) =>
        new(ApplianceProblem.Damaged, $"{path} is not what the manifest says: {how}. {Remedy}");
}

using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;

using Guestfs.Appliances.Common;
using Guestfs.Appliances.Host;
using Guestfs.Appliances.Manifest;
using Guestfs.Appliances.Output;
using Microsoft.Win32.SafeHandles;

namespace Guestfs.Appliances;

/// <summary>A built appliance. Dispose it when no launch needs it any more: until then a cache keeps it.</summary>
public sealed class Appliance : IDisposable
{
    private const int BufferSize = 4 << 20;
    private readonly IDisposable? lease;

    internal Appliance(string directory, ApplianceManifest? manifest, IDisposable? lease)
    {
        Directory = directory;
        Manifest = manifest;
        this.lease = lease;
    }

    /// <summary>The directory to set as libguestfs' path: guestfs_set_path(3), <c>LIBGUESTFS_PATH</c>.</summary>
    public string Directory { get; }

    /// <summary>What it was made of, and its digests; null where another program built it.</summary>
    public ApplianceManifest? Manifest { get; }

    /// <summary>Opens the fixed appliance in a directory, whoever built it. Only the manifest is read: see <see cref="Verify"/>.</summary>
    /// <param name="directory">The directory with <c>README.fixed</c>, <c>kernel</c>, <c>initrd</c> and <c>root</c>.</param>
    /// <exception cref="ApplianceException">It is no fixed appliance, or its manifest is damaged.</exception>
    public static Appliance Open(string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        string full = HostFileNames.FullPath(directory);
        foreach (string name in ApplianceWriter.FixedFiles)
        {
            if (!File.Exists(Path.Combine(full, name)))
            {
                throw new ApplianceException(ApplianceProblem.Damaged,
                    $"{full} is not a fixed appliance: {name} is not in it. 'gfs appliance build -o DIRECTORY' makes one.");
            }
        }

        return new Appliance(
            full, File.Exists(Path.Combine(full, ApplianceManifest.FileName)) ? ApplianceManifest.Read(full) : null, lease: null);
    }

    /// <summary>Reads every file of the appliance and compares its digest with the manifest.</summary>
    /// <param name="progress">Receives the number of bytes read.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="ApplianceException">A file is missing or not what it was, or there is no manifest to compare with.</exception>
    public void Verify(IProgress<ApplianceProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ApplianceManifest manifest = Manifest
            ?? throw new ApplianceException(ApplianceProblem.InvalidInput,
                $"{Directory} has no {ApplianceManifest.FileName} to compare it with: another program built it.");
        VerifyManifest();
        long total = manifest.Outputs.Sum(output => output.Size), done = 0;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            foreach (ManifestFile output in manifest.Outputs)
            {
                VerifyFile(output, buffer, count => progress?.Report(
                    new ApplianceProgress(ApplianceStage.Verifying, done += count, total, output.Name)), cancellationToken);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => lease?.Dispose();

    // The bill of materials was made of it.
    private void VerifyManifest()
    {
        string path = Path.Combine(Directory, ApplianceManifest.FileName), billPath = Path.Combine(Directory, CycloneDx.FileName);
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
                ApplianceProblem.Damaged, $"{path} cannot be compared with {billPath}: {exception.Message} Build the appliance again.",
                exception);
        }
    }

    private static byte[] ReadAll(string path)
    {
        using SafeFileHandle file = Posix.OpenRead(path);
        byte[] bytes = new byte[RandomAccess.GetLength(file)];
        return bytes[..RandomAccess.Read(file, bytes, 0)];
    }

    private void VerifyFile(ManifestFile output, byte[] buffer, Action<long> read, CancellationToken cancellationToken)
    {
        string path = Path.Combine(Directory, output.Name);
        if (Path.GetFileName(output.Name) != output.Name)
        {
            throw Damaged(path, "the manifest names it with a path in place of a file name");
        }

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
                ApplianceProblem.Damaged, $"{path} of the appliance cannot be read: {exception.Message} Build the appliance again.",
                exception);
        }
    }

    private static byte[] DigestOfAll(FileStream file, byte[] buffer, Action<long> read, CancellationToken cancellationToken)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int count; (count = file.Read(buffer)) > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            hash.AppendData(buffer.AsSpan(0, count));
            read(count);
        }

        return hash.GetCurrentHash();
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

    private static ApplianceException Damaged(string path, string how) =>
        new(ApplianceProblem.Damaged, $"{path} is not what the manifest says: {how}. Build the appliance again.");
}

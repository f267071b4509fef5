// Writes an image front to back: some chunks are read and written side by side, and digested here in their order.

using Guestfs.Appliances.Common;
using Microsoft.Win32.SafeHandles;

namespace Guestfs.Appliances.Ext2;

/// <summary>One writing of one image.</summary>
internal sealed class Ext2Writer : IDisposable
{
    // Small enough to stay in the processor's cache from reading to writing, large enough for few calls.
    private const int ChunkBlocks = 256, ZerosLength = 1 << 16;

    // One being digested and one for each of some threads: file access waits for the disk as often as for the processor.
    private const int ChunksAtOnce = 4;

    private readonly Ext2Layout layout;
    private readonly SafeFileHandle file;
    private readonly IProgress<ApplianceProgress>? progress;
    private readonly CancellationToken cancellationToken;
    private readonly Sha256Hash? hash;
    private readonly DataDigest? dataDigest;
    private readonly byte[] zeros = new byte[ZerosLength];
    private readonly Stack<byte[]> buffers = [];
    private readonly Queue<(Ext2Chunk Chunk, byte[] Buffer, Task Work)> working = [];
    private long digested, done;

    /// <summary>Prepares to write into an empty file, which stays the caller's.</summary>
    internal Ext2Writer(Ext2Layout layout, SafeFileHandle file, IProgress<ApplianceProgress>? progress, CancellationToken cancellationToken)
    {
        this.layout = layout;
        this.file = file;
        this.progress = progress;
        this.cancellationToken = cancellationToken;
        if (layout.Options.ComputeDigest)
        {
            (hash, dataDigest) = layout.IsMostlyHoles
                ? ((Sha256Hash?)null, new DataDigest())
                : (new Sha256Hash(), null);
        }
    }

    /// <summary>Writes the image. When it returns or throws, nothing touches the file any more.</summary>
    /// <returns>The image's digest, or null when that is not wanted.</returns>
    internal byte[]? Write()
    {
        try
        {
            RandomAccess.SetLength(file, layout.Size);
            foreach (Ext2Chunk chunk in Ext2Chunk.Split(layout.Segments, ChunkBlocks))
            {
                if (working.Count == ChunksAtOnce)
                {
                    FinishChunk();
                }

                StartChunk(chunk);
            }

            while (working.Count > 0)
            {
                FinishChunk();
            }
        }
        finally
        {
            WaitForRest();
        }

        DigestZeros(layout.Size);
        if (layout.Options.Flush)
        {
            RandomAccess.FlushToDisk(file);
        }

        return hash?.Current() ?? dataDigest?.Finish();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        hash?.Dispose();
        dataDigest?.Dispose();
    }

    private void StartChunk(Ext2Chunk chunk)
    {
        cancellationToken.ThrowIfCancellationRequested();
        byte[] buffer = buffers.TryPop(out byte[]? used) ? used : new byte[ChunkBlocks * Ext2Format.BlockSize];
        working.Enqueue((chunk, buffer, Task.Run(
            () =>
            {
                Span<byte> bytes = buffer.AsSpan(0, chunk.Length);
                chunk.Read(bytes, cancellationToken);
                RandomAccess.Write(file, bytes, chunk.Offset);
            },
            cancellationToken)));
    }

    private void FinishChunk()
    {
        (Ext2Chunk chunk, byte[] buffer, Task work) = working.Dequeue();
        work.GetAwaiter().GetResult();
        DigestZeros(chunk.Offset);
        hash?.Add(buffer.AsSpan(0, chunk.Length));
        dataDigest?.Add(chunk.Offset, buffer.AsSpan(0, chunk.Length));
        digested += chunk.Length;
        buffers.Push(buffer);
        done += chunk.Length;
        progress?.Report(new ApplianceProgress(ApplianceStage.WritingRoot, done, layout.WrittenSize, chunk.Item));
    }

    private void DigestZeros(long end)
    {
        for (; hash is not null && digested < end; digested += Math.Min(ZerosLength, end - digested))
        {
            cancellationToken.ThrowIfCancellationRequested();
            hash.Add(zeros.AsSpan(0, (int)Math.Min(ZerosLength, end - digested)));
        }

        digested = end;
    }

    // After a failure: what it was is already on its way, what else went wrong does not matter.
    private void WaitForRest() =>
        Task.WhenAll(working.Select(chunk => chunk.Work))
            .ContinueWith(rest => _ = rest.Exception, TaskScheduler.Default)
            .Wait(CancellationToken.None);
}

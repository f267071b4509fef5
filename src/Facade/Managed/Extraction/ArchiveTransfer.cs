using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

using Guestfs.Interop;

using Microsoft.Win32.SafeHandles;

namespace Guestfs;

/// <summary>
/// Reads an archive of a guest directory while guestfs_tar_out makes it. The call has a thread of its own: what reads stays on
/// the caller's, and so do the caller's callbacks.
/// </summary>
internal sealed class ArchiveTransfer : IDisposable
{
    private readonly GuestfsHandle g;
    private readonly string directory;
    private readonly TarOutOptions options;
    private readonly SafeFileHandle writeEnd;
    private readonly FileStream pipe;
    private readonly Lock gate = new();
    private Exception? failure;
    private bool hasReturned;

    private ArchiveTransfer(GuestfsHandle g, string directory, TarOutOptions options)
    {
        (this.g, this.directory, this.options) = (g, directory, options);
        (SafeFileHandle readEnd, writeEnd) = TransferPipe.Open();
        pipe = new FileStream(readEnd, FileAccess.Read, TransferPipe.BufferSize);
    }

    /// <summary>Has a directory read.</summary>
    /// <param name="g">The handle. Nothing else can be asked of it meanwhile.</param>
    /// <param name="directory">The guest directory.</param>
    /// <param name="options">What tar is told.</param>
    /// <param name="read">
    /// Reads the archive. <see cref="InvalidDataException"/> from it is for an archive that ends early or is no archive.
    /// </param>
    /// <returns>Whether the archive is whole, and tar could read all that it was to read.</returns>
    internal static bool TryRead(GuestfsHandle g, string directory, TarOutOptions options, Action<Stream> read)
    {
        using ArchiveTransfer transfer = new(g, directory, options);
        Task call = LingeringThread.Run("guestfs archive", transfer.Call);
        bool isRead = false;
        try
        {
            read(transfer.pipe);
            isRead = true;
        }
        catch (InvalidDataException)
        {
        }
        finally
        {
            transfer.Drain(stop: !isRead);
            call.Wait();
        }

        switch (transfer.failure)
        {
            case null:
                return isRead;
            case GuestfsException e when e.Errno != Libc.EINTR && g.State == GuestfsState.Ready:
                return false;
            default:
                ExceptionDispatchInfo.Throw(transfer.failure);
                return false;
        }
    }

    public void Dispose()
    {
        pipe.Dispose();
        writeEnd.Dispose();
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "It is thrown where the archive is read.")]
    private void Call()
    {
        try
        {
            g.TarOut(directory, TransferPipe.NameOf(writeEnd), options);
        }
        catch (Exception e)
        {
            failure = e;
        }

        lock (gate)
        {
            hasReturned = true;
        }

        // Now nothing has it open: reading comes to its end.
        writeEnd.Dispose();
    }

    // libguestfs must not wait for the pipe while it is asked to stop.
    private void Drain(bool stop)
    {
        byte[] waste = new byte[TransferPipe.BufferSize];
        do
        {
            lock (gate)
            {
                if (stop && !hasReturned)
                {
                    g.Calls.RequestCancel();
                }
            }
        }
        while (pipe.Read(waste, 0, waste.Length) > 0);
    }
}

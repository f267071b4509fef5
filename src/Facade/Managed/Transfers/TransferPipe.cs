// Not .NET's pipes: they bring its sockets, which UnixSocket.cs tells of.
using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

using Guestfs.Interop;

using Microsoft.Win32.SafeHandles;

namespace Guestfs;

/// <summary>
/// libguestfs reads or writes the one end, which it opens by its name, while the call runs; a thread of this class copies
/// between the other end and the user's stream. A thread, not a task: it waits in reads and writes that may take long.
/// </summary>
internal abstract class TransferPipe
{
    /// <summary>How much is moved at a time.</summary>
    internal const int BufferSize = 256 << 10;

    // As much as a pipe may hold without privileges: fewer switches between the two threads.
    private const int Capacity = 1 << 20;

    private readonly GuestfsHandle handle;
    private readonly CancellationToken? cancellationToken;
    private readonly SafeFileHandle otherEnd;
    private readonly Lock gate = new();
    private ExceptionDispatchInfo? failure;
    private Task? copied;
    private bool callReturned;

    /// <summary>Makes the pipe and starts to serve it.</summary>
    /// <param name="handle">The handle that makes the call.</param>
    /// <param name="access">Which way the bytes go at the stream's end: <see cref="FileAccess.Read"/> or <see cref="FileAccess.Write"/>.
    /// </param>
    /// <param name="cancellationToken">Given, the stream is used through its asynchronous methods, which can be cancelled.</param>
    /// <exception cref="IOException">There is no file descriptor left.</exception>
    private protected TransferPipe(GuestfsHandle handle, FileAccess access, CancellationToken? cancellationToken)
    {
        this.handle = handle;
        this.cancellationToken = cancellationToken;
        (SafeFileHandle read, SafeFileHandle write) = Open();
        (SafeFileHandle own, otherEnd) = access == FileAccess.Read ? (read, write) : (write, read);
        Pipe = new FileStream(own, access, bufferSize: 0);
        Name = NameOf(otherEnd);
    }

    /// <summary>The name of libguestfs' end.</summary>
    internal string Name { get; }

    /// <summary>The stream's end of the pipe.</summary>
    private protected FileStream Pipe { get; }

    /// <summary>Starts to copy.</summary>
    internal void Start() => copied = LingeringThread.Run("guestfs transfer", Copy);

    /// <summary>Ends the pipe after the call, and waits until the stream has had the last bytes.</summary>
    /// <returns>What the stream threw, if it did.</returns>
    internal ExceptionDispatchInfo? Finish()
    {
        lock (gate)
        {
            callReturned = true;
        }

        // Now nothing has libguestfs' end open: reading comes to its end, and writing fails.
        otherEnd.Dispose();
        copied!.Wait();
        Pipe.Dispose();
        return failure;
    }

    /// <summary>Copies until the end, or until the stream fails; then serves the pipe until the call has returned.</summary>
    private protected abstract void Copy();

    /// <summary>Uses the user's stream.</summary>
    /// <returns>Whether it did not fail.</returns>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "It is thrown by the call.")]
    private protected bool Try(Func<CancellationToken, Task> asynchronous, Action synchronous)
    {
        try
        {
            if (cancellationToken is { } cancellation)
            {
                asynchronous(cancellation).GetAwaiter().GetResult();
            }
            else
            {
                synchronous();
            }

            return true;
        }
        catch (Exception e)
        {
            failure = ExceptionDispatchInfo.Capture(e);
            return false;
        }
    }

    /// <summary>Asks libguestfs to stop the transfer, if the call still runs.</summary>
    /// <returns>Whether it does.</returns>
    private protected bool AskToStop()
    {
        lock (gate)
        {
            if (!callReturned)
            {
                handle.Calls.RequestCancel();
            }

            return !callReturned;
        }
    }

    /// <summary>The name by which libguestfs opens an end of a pipe.</summary>
    internal static string NameOf(SafeFileHandle end) => $"/proc/self/fd/{end.DangerousGetHandle()}";

    /// <summary>Makes a pipe.</summary>
    internal static unsafe (SafeFileHandle Read, SafeFileHandle Write) Open()
    {
        int* ends = stackalloc int[2];
        if (Libc.pipe2(ends, Libc.O_CLOEXEC) != 0)
        {
            throw HostCalls.LastError();
        }

        // Refused if the user has many pipes already: one of the usual size will do.
        _ = Libc.fcntl(ends[1], Libc.F_SETPIPE_SZ, Capacity);
        return (new SafeFileHandle(ends[0], ownsHandle: true), new SafeFileHandle(ends[1], ownsHandle: true));
    }
}

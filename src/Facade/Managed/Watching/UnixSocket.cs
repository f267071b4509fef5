// Not .NET's sockets: those bring activities, and with them what binds OpenSSL, into every program that is compiled ahead of time; a
// twentieth of the library for C was theirs.
using System.Runtime.InteropServices;

using Guestfs.Interop;

using Microsoft.Win32.SafeHandles;

namespace Guestfs;

/// <summary>A stream socket between processes of this host, with a name in the file system: unix(7).</summary>
internal sealed class UnixSocket : IDisposable
{
    private const int Flags = Libc.SOCK_NONBLOCK | Libc.SOCK_CLOEXEC;

    private readonly SafeFileHandle handle;

    private UnixSocket(int descriptor) => handle = new SafeFileHandle(descriptor, ownsHandle: true);

    /// <summary>The process at the other end, by the kernel's word; 0 if it does not tell.</summary>
    internal unsafe int PeerProcessId
    {
        get
        {
            // struct ucred of socket(7): process, user, group.
            int* credentials = stackalloc int[3];
            uint length = 3 * sizeof(int);
            using BorrowedDescriptor descriptor = new(handle);
            return Libc.getsockopt(descriptor, Libc.SOL_SOCKET, Libc.SO_PEERCRED, credentials, &length) == 0 ? credentials[0] : 0;
        }
    }

    /// <summary>Makes a socket with a name, at which one process can connect.</summary>
    /// <returns>Null if the name is too long.</returns>
    /// <exception cref="IOException">There can be no such socket.</exception>
    internal static unsafe UnixSocket? Listen(string path)
    {
        byte[] name = LosslessUtf8.GetBytes(path);
        sockaddr_un address = new() { sun_family = Libc.AF_UNIX };
        Span<byte> room = new(address.sun_path, sizeof(sockaddr_un) - sizeof(ushort));

        // A zero follows.
        if (name.Length >= room.Length)
        {
            return null;
        }

        name.CopyTo(room);
        int descriptor = Libc.socket(Libc.AF_UNIX, Libc.SOCK_STREAM | Flags, 0);
        if (descriptor < 0)
        {
            throw HostCalls.LastError();
        }

        UnixSocket socket = new(descriptor);
        if (Libc.bind(descriptor, &address, (uint)sizeof(sockaddr_un)) != 0 || Libc.listen(descriptor, 1) != 0)
        {
            IOException failure = HostCalls.LastError();
            socket.Dispose();
            throw failure;
        }

        return socket;
    }

    /// <summary>Waits for a process that connects.</summary>
    /// <exception cref="IOException">None can any more.</exception>
    /// <exception cref="ObjectDisposedException">This socket is disposed.</exception>
    internal async Task<UnixSocket> AcceptAsync()
    {
        int descriptor;
        while (!TryAccept(out descriptor))
        {
            await UntilReadableAsync().ConfigureAwait(false);
        }

        return new UnixSocket(descriptor);
    }

    /// <summary>Waits for bytes.</summary>
    /// <returns>How many there were; 0 at the end.</returns>
    /// <exception cref="IOException">The connection failed.</exception>
    /// <exception cref="ObjectDisposedException">This socket is disposed.</exception>
    internal async Task<int> ReceiveAsync(Memory<byte> buffer)
    {
        int count;
        while (!TryReceive(buffer.Span, out count))
        {
            await UntilReadableAsync().ConfigureAwait(false);
        }

        return count;
    }

    /// <summary>Sends bytes that are few enough to go out in one piece.</summary>
    /// <exception cref="IOException">They did not: nobody receives them, or not in time.</exception>
    /// <exception cref="ObjectDisposedException">This socket is disposed.</exception>
    internal unsafe void Send(ReadOnlySpan<byte> bytes)
    {
        using BorrowedDescriptor descriptor = new(handle);
        fixed (byte* start = bytes)
        {
            // Otherwise a signal ends the program if the other end is closed.
            if (Libc.send(descriptor, start, (nuint)bytes.Length, Libc.MSG_NOSIGNAL) != bytes.Length)
            {
                throw HostCalls.LastError();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        handle.Dispose();
        ReadableFiles.Forget(handle);
    }

    private async Task UntilReadableAsync() =>
        ObjectDisposedException.ThrowIf(!await ReadableFiles.WaitAsync(handle).ConfigureAwait(false), this);

    private unsafe bool TryAccept(out int descriptor)
    {
        using BorrowedDescriptor listening = new(handle);
        descriptor = Libc.accept4(listening, null, null, Flags);
        return descriptor >= 0 || TryAgain();
    }

    private unsafe bool TryReceive(Span<byte> buffer, out int count)
    {
        using BorrowedDescriptor descriptor = new(handle);
        fixed (byte* start = buffer)
        {
            count = (int)Libc.recv(descriptor, start, (nuint)buffer.Length, 0);
        }

        return count >= 0 || TryAgain();
    }

    // The one that connected may be gone again.
    private static bool TryAgain() =>
        Marshal.GetLastPInvokeError() is Libc.EAGAIN or Libc.EINTR or Libc.ECONNABORTED ? false : throw HostCalls.LastError();
}

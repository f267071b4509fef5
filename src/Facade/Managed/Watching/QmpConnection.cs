using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text.Json;

using Guestfs.Interop;

namespace Guestfs;

/// <summary>
/// A connection of our own to a qemu, over its machine protocol (QMP): it tells what happens to the machine, from before it starts
/// to its end. qemu connects to us, so that nothing waits for it and its socket's name is gone as soon as it is connected. The runtime
/// reads all such sockets with one thread.
/// </summary>
/// <remarks>It does not know the handle, which would never be collected otherwise.</remarks>
internal sealed class QmpConnection : IDisposable
{
    // A path that is longer does not fit into the address of a socket: unix(7).
    private const int MaxPath = 107;
    private const string SocketName = "qmp";

    private readonly Socket listener;
    private readonly Action<QmpConnection> connected;
    private readonly Action<string, JsonElement> happened;
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonElement>> waiting = new();
    private Socket? connection;
    private int lastId;

    private QmpConnection(Socket listener, string directory, Action<QmpConnection> connected, Action<string, JsonElement> happened)
    {
        this.listener = listener;
        Directory = directory;
        this.connected = connected;
        this.happened = happened;
        Completion = RunAsync();
    }

    /// <summary>The directory of the socket. It is gone when qemu has connected.</summary>
    internal string Directory { get; }

    /// <summary>Ends when qemu has closed the connection, or this object was disposed. Never fails.</summary>
    internal Task Completion { get; }

    /// <summary>The process at the other end, once it is connected; 0 before.</summary>
    internal int ProcessId { get; private set; }

    /// <summary>Waits for a qemu.</summary>
    /// <param name="directory">The directory to make for the socket, which nobody else can enter.</param>
    /// <param name="connected">Called when qemu has connected.</param>
    /// <param name="happened">Called with the name and the data of each event.</param>
    /// <returns>Null where there can be no such socket: the directory cannot be made, or its name is too long.</returns>
    internal static QmpConnection? TryListen(string directory, Action<QmpConnection> connected, Action<string, JsonElement> happened)
    {
        Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            string path = Path.Combine(directory, SocketName);
            if (LosslessUtf8.GetBytes(path).Length > MaxPath || PrivateDirectory.Ensure(directory) is not null)
            {
                listener.Dispose();
                return null;
            }

            listener.Bind(new UnixDomainSocketEndPoint(path));
            listener.Listen(1);
            return new QmpConnection(listener, directory, connected, happened);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SocketException or ArgumentException)
        {
            listener.Dispose();
            Remove(directory);
            return null;
        }
    }

    /// <summary>Asks qemu something.</summary>
    /// <param name="command">A command without arguments.</param>
    /// <returns>The answer; null if it was refused, or the connection ended.</returns>
    internal async Task<JsonElement?> AskAsync(string command)
    {
        if (connection is not { } open)
        {
            return null;
        }

        int id = Interlocked.Increment(ref lastId);
        TaskCompletionSource<JsonElement> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting[id] = answer;
        try
        {
            // Short, so that it goes out in one piece.
            byte[] line = System.Text.Encoding.ASCII.GetBytes($"{{\"execute\":\"{command}\",\"id\":{id}}}\n");
            await open.SendAsync(line).ConfigureAwait(false);
            return await answer.Task.ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            return null;
        }
        finally
        {
            waiting.TryRemove(id, out _);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        listener.Dispose();
        connection?.Dispose();
        Remove(Directory);
    }

    /// <summary>The value of qemu's option <c>-qmp</c> for a directory.</summary>
    // A comma would begin an option of the socket.
    internal static string AddressIn(string directory) =>
        $"unix:{Path.Combine(directory, SocketName).Replace(",", ",,", StringComparison.Ordinal)}";

    private static void Remove(string directory)
    {
        try
        {
            System.IO.Directory.Delete(directory, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Gone already.
        }
    }

    private async Task RunAsync()
    {
        try
        {
            connection = await listener.AcceptAsync().ConfigureAwait(false);
            ProcessId = PeerOf(connection);
            listener.Dispose();
            Remove(Directory);
            connected(this);
            await ReadAsync(connection).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Disposed before or after it was connected, or qemu is gone.
        }
        finally
        {
            foreach (TaskCompletionSource<JsonElement> answer in waiting.Values)
            {
                answer.TrySetCanceled();
            }

            connection?.Dispose();
        }
    }

    private async Task ReadAsync(Socket socket)
    {
        // Until this command it says nothing and answers no other.
        _ = AskAsync("qmp_capabilities");
        byte[] buffer = new byte[4096];
        int filled = 0;
        while (true)
        {
            if (filled == buffer.Length)
            {
                Array.Resize(ref buffer, 2 * filled);
            }

            int count = await socket.ReceiveAsync(buffer.AsMemory(filled)).ConfigureAwait(false);
            if (count == 0)
            {
                return;
            }

            filled += count;
            int start = 0;
            for (int end; (end = buffer.AsSpan(start, filled - start).IndexOf((byte)'\n')) >= 0; start += end + 1)
            {
                Take(buffer.AsMemory(start, end));
            }

            buffer.AsSpan(start, filled - start).CopyTo(buffer);
            filled -= start;
        }
    }

    private void Take(ReadOnlyMemory<byte> line)
    {
        JsonElement message;
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            message = document.RootElement.Clone();
        }
        catch (JsonException)
        {
            // Not of a qemu. What can be told without it will do.
            return;
        }

        if (message.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        if (message.TryGetProperty("event", out JsonElement name))
        {
            happened(name.GetString() ?? "", message.TryGetProperty("data", out JsonElement data) ? data : default);
        }
        else if (message.TryGetProperty("id", out JsonElement id)
            && id.TryGetInt32(out int number)
            && waiting.TryGetValue(number, out var answer))
        {
            if (message.TryGetProperty("return", out JsonElement result))
            {
                answer.TrySetResult(result);
            }
            else
            {
                answer.TrySetCanceled();
            }
        }
    }

    // The process that connected, by the kernel's word.
    private static int PeerOf(Socket socket)
    {
        Span<byte> credentials = stackalloc byte[12];
        return socket.GetRawSocketOption(Libc.SOL_SOCKET, Libc.SO_PEERCRED, credentials) == credentials.Length
            ? BitConverter.ToInt32(credentials)
            : 0;
    }
}

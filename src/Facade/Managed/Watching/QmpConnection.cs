using System.Text.Json;

using Guestfs.Interop;

namespace Guestfs;

/// <summary>
/// A connection of our own to a qemu, over its machine protocol (QMP): it tells what happens to the machine, from before it starts
/// to its end. qemu connects to us, so that nothing waits for it and its socket's name is gone as soon as it is connected. One thread
/// waits for all such sockets.
/// </summary>
/// <remarks>It does not know the handle, which would never be collected otherwise.</remarks>
internal sealed class QmpConnection : IDisposable
{
    private const string SocketName = "qmp";

    private readonly UnixSocket listener;
    private readonly Action<QmpConnection> connected;
    private readonly Action<string, JsonElement> happened;
    private readonly Lock gate = new();
    private readonly Dictionary<int, TaskCompletionSource<JsonElement>> waiting = [];
    private UnixSocket? connection;
    private int lastId;

    private QmpConnection(UnixSocket listener, string directory, Action<QmpConnection> connected, Action<string, JsonElement> happened)
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
        try
        {
            if (PrivateDirectory.Ensure(directory) is not null)
            {
                return null;
            }

            if (UnixSocket.Listen(Path.Combine(directory, SocketName)) is { } listener)
            {
                return new QmpConnection(listener, directory, connected, happened);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // As if the name were too long.
        }

        Remove(directory);
        return null;
    }

    /// <summary>Asks qemu something.</summary>
    /// <param name="command">A command.</param>
    /// <param name="arguments">Its arguments in JSON; null if it has none.</param>
    /// <returns>The answer; null if it was refused, or the connection ended.</returns>
    internal async Task<JsonElement?> AskAsync(string command, string? arguments = null)
    {
        if (connection is not { } open)
        {
            return null;
        }

        int id = Interlocked.Increment(ref lastId);
        TaskCompletionSource<JsonElement> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            waiting[id] = answer;
        }

        try
        {
            // Short, so that it goes out in one piece.
            string given = arguments is null ? "" : $",\"arguments\":{arguments}";
            byte[] line = System.Text.Encoding.UTF8.GetBytes($"{{\"execute\":\"{command}\"{given},\"id\":{id}}}\n");
            open.Send(line);
            return await answer.Task.ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            return null;
        }
        finally
        {
            lock (gate)
            {
                waiting.Remove(id);
            }
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
            ProcessId = connection.PeerProcessId;
            listener.Dispose();
            Remove(Directory);
            connected(this);
            await ReadAsync(connection).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // Disposed before or after it was connected, or qemu is gone.
        }
        finally
        {
            lock (gate)
            {
                foreach (TaskCompletionSource<JsonElement> answer in waiting.Values)
                {
                    answer.TrySetCanceled();
                }
            }

            connection?.Dispose();
        }
    }

    private async Task ReadAsync(UnixSocket socket)
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
            && Waiting(number) is { } answer)
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

    private TaskCompletionSource<JsonElement>? Waiting(int id)
    {
        lock (gate)
        {
            return waiting.GetValueOrDefault(id);
        }
    }
}

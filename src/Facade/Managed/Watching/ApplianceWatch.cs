using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

using Guestfs.Interop;

namespace Guestfs;

/// <summary>
/// Sees what happens to the qemu of one handle, from its start to its end: by qemu's own protocol, by its process, and by the
/// console. docs/design/watch.md shows what can fail, and which of them sees it.
/// </summary>
/// <remarks>It does not know the handle, which would never be collected otherwise.</remarks>
internal sealed class ApplianceWatch : IDisposable
{
    // What a qemu whose machine is stopped needs for an answer, and what the kernel needs to end one.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    // In milliseconds, with some of the socket's: qemu 10 and later tell of the same disk once in a second. What fails meanwhile is told of
    // when that has passed, once, and not at all if qemu ends before.
    private const long FaultPeriod = 1100;
    private const int FaultPeriods = 3;

    // In milliseconds: how often qemu is asked whether it has read a saved machine, and how long that may take.
    private const int ResumePeriod = 20, ResumeLimit = 20_000;

    // A terminal's stop stops this process too.
    private static readonly TimeSpan StopPeriod = TimeSpan.FromSeconds(5);
    private const int StopsBeforeWarning = 3;

    private readonly Lock gate = new();
    private readonly ConsoleTail console = new();
    private readonly long memoryKills = MemoryKills.Count();
    private readonly QmpConnection? qmp;
    private readonly string hypervisor;
    private readonly DiskFullPolicy diskFull;
    private readonly Task ended;
    private ProcessReference? process;
    private DiskFault? disk, lostWrite;
    private volatile Task faultNoted = Task.CompletedTask;

    // When qemu told of one, and how many requests of each disk had failed then.
    private long lastFault = -FaultPeriod;
    private IReadOnlyDictionary<string, FailedRequests> toldOf = new Dictionary<string, FailedRequests>();
    private bool isStopped;
    private bool hasMachineFailed;
    private string? shutdownReason;
    private ProcessEnd? end;

    /// <summary>Begins, before qemu is started.</summary>
    /// <param name="hypervisor">The qemu.</param>
    /// <param name="socketDirectory">The directory to make for the socket that qemu connects to; null if it cannot be told of one.</param>
    /// <param name="diskFull">What is done when a disk is full.</param>
    internal ApplianceWatch(string hypervisor, string? socketDirectory, DiskFullPolicy diskFull)
    {
        this.hypervisor = hypervisor;
        this.diskFull = diskFull;
        qmp = socketDirectory is null ? null : QmpConnection.TryListen(socketDirectory, Connected, Happened);
        ended = qmp?.Completion.ContinueWith(_ => SeeEnd(), TaskScheduler.Default) ?? Task.CompletedTask;
    }

    /// <summary>Whether qemu can connect.</summary>
    internal bool IsListening => qmp is not null;

    /// <summary>Where qemu connects, as it is told by its arguments; null if it is not.</summary>
    internal string? SocketDirectory => qmp?.Directory;

    /// <summary>Whether qemu has connected.</summary>
    internal bool HasConnected => qmp is { ProcessId: > 0 };

    /// <summary>Whether this launch may be the resumption of a saved machine.</summary>
    internal bool MayResume { get; init; }

    /// <summary>Whether qemu has not come to the end of what was saved.</summary>
    internal bool IsResumptionStuck { get; private set; }

    /// <summary>How much the console has said.</summary>
    internal long ConsoleBytes { get; private set; }

    /// <summary>How far the machine is; null if there is none yet, or nobody can tell.</summary>
    internal Task<MachineState?> AskAsync() =>
        HasConnected ? MachineState.AskAsync(qmp!) : Task.FromResult<MachineState?>(null);

    /// <summary>A piece of what the console said.</summary>
    internal void AddConsole(ReadOnlySpan<byte> piece)
    {
        lock (gate)
        {
            ConsoleBytes += piece.Length;
            console.Add(piece);
        }
    }

    /// <summary>The disk that the host could not read or write since this was last asked, of which the guest was told; null if there was
    /// none.</summary>
    internal DiskFault? TakeFault() =>
        TakeKnownFault() ?? (IsFaultDelayed(out _) ? TakeDelayedFaultAsync().GetAwaiter().GetResult() : null);

    /// <summary>Waits until qemu tells at once of what fails. It takes time only just after a fault.</summary>
    internal void AwaitDelayedFaults()
    {
        // What was kept back comes at the end of the period, and begins another one.
        for (int i = 0; i < FaultPeriods && IsFaultDelayed(out TimeSpan rest); i++)
        {
            Thread.Sleep(rest);
        }
    }

    private bool IsFaultDelayed(out TimeSpan rest)
    {
        rest = TimeSpan.FromMilliseconds(FaultPeriod - (Environment.TickCount64 - Volatile.Read(ref lastFault)));
        return rest > TimeSpan.Zero && qmp is { ProcessId: > 0, Completion.IsCompleted: false };
    }

    // Told of the same disk, qemu counts what it does not tell.
    private async Task<DiskFault?> TakeDelayedFaultAsync()
    {
        await Task.WhenAny(faultNoted, Task.Delay(Patience)).ConfigureAwait(false);
        if (TakeKnownFault() is { } known)
        {
            return known;
        }

        if (await InTime(FailedRequestsAsync()).ConfigureAwait(false) is not { } now)
        {
            return null;
        }

        IReadOnlyDictionary<string, FailedRequests> before = toldOf;
        toldOf = now;
        foreach ((string device, FailedRequests failed) in now)
        {
            FailedRequests told = before.GetValueOrDefault(device);
            if (failed.Reads > told.Reads || failed.Writes > told.Writes)
            {
                (string? file, string? backing) = await FilesOfAsync(device, null).ConfigureAwait(false);
                return new DiskFault(device, file, backing, failed.Writes > told.Writes, IsFull: false, Reason: null, Stopped: false);
            }
        }

        return null;
    }

    // An answer of qemu; nothing if it does not come.
    private static async Task<T?> InTime<T>(Task<T> asked) =>
        await Task.WhenAny(asked, Task.Delay(Patience)).ConfigureAwait(false) == asked ? await asked.ConfigureAwait(false) : default;

    private async Task NoteFailedRequestsAsync() => toldOf = await FailedRequestsAsync().ConfigureAwait(false);

    private async Task<IReadOnlyDictionary<string, FailedRequests>> FailedRequestsAsync()
    {
        Dictionary<string, FailedRequests> failed = new(StringComparer.Ordinal);
        if (await qmp!.AskAsync("query-blockstats").ConfigureAwait(false) is { ValueKind: JsonValueKind.Array } disks)
        {
            foreach (JsonElement disk in disks.EnumerateArray())
            {
                if (Text(disk, "device") is { Length: > 0 } device && disk.TryGetProperty("stats", out JsonElement stats))
                {
                    failed[device] = new FailedRequests(
                        Number(stats, "failed_rd_operations"),
                        Number(stats, "failed_wr_operations") + Number(stats, "failed_flush_operations"));
                }
            }
        }

        return failed;
    }

    private DiskFault? TakeKnownFault()
    {
        lock (gate)
        {
            DiskFault? taken = disk;
            if (taken is { Stopped: false })
            {
                disk = null;
                lostWrite = taken.IsWrite ? null : lostWrite;
                return taken;
            }

            return null;
        }
    }

    /// <summary>The disk to which something could not be written of which no error has told: the guest writes when it likes, long after the
    /// call that gave it the data. Null if there is none.</summary>
    internal DiskFault? TakeLostWrite() => TakeLostWriteAsync().GetAwaiter().GetResult();

    private async Task<DiskFault?> TakeLostWriteAsync()
    {
        // What qemu has said before it answers, or ends, has been read then.
        if (HasConnected)
        {
            Task<JsonElement?> answer = qmp!.AskAsync("query-status");
            if (await Task.WhenAny(answer, Task.Delay(Patience)).ConfigureAwait(false) == answer
                && await answer.ConfigureAwait(false) is null)
            {
                await Task.WhenAny(ended, Task.Delay(Patience)).ConfigureAwait(false);
            }

            await Task.WhenAny(faultNoted, Task.Delay(Patience)).ConfigureAwait(false);
        }

        lock (gate)
        {
            DiskFault? taken = lostWrite;
            lostWrite = null;
            disk = disk == taken ? null : disk;
            return taken;
        }
    }

    /// <summary>Begins to look whether a signal has stopped qemu. The call that waits for it then is left alone: whoever did that may want
    /// it to go on.</summary>
    /// <param name="warn">Told once.</param>
    internal void BeginToLookForStops(Action<string> warn)
    {
        if (process is not { } qemu)
        {
            return;
        }

        int times = 0;
        Timer timer = new(
            _ =>
            {
                times = qemu is { IsClosed: false, HasEnded: false } && ProcessUsage.Of([qemu.Id]).IsStopped ? times + 1 : 0;
                if (times == StopsBeforeWarning)
                {
                    warn($"qemu (process {qemu.Id}) is stopped by a signal, and calls wait for it: 'kill -CONT {qemu.Id}' lets it go on.");
                }
            },
            null, StopPeriod, StopPeriod);
        ended.ContinueWith(_ => timer.Dispose(), TaskScheduler.Default);
    }

    /// <summary>What is known of an appliance that has just ended.</summary>
    internal ApplianceFacts FactsOfEnd()
    {
        // What qemu has said last may still be on its way.
        if (HasConnected)
        {
            _ = ended.Wait(Patience);
            if (process is { IsClosed: false } && end is null)
            {
                SeeEnd();
            }
        }

        lock (gate)
        {
            return new ApplianceFacts
            {
                Hypervisor = hypervisor,
                Disk = disk,
                ShutdownReason = shutdownReason,
                End = end,
                HasMachineFailed = hasMachineFailed,
                IsConnectionLost = qmp is { ProcessId: > 0, Completion.IsCompleted: true } && shutdownReason is null,
                HostKilledForMemory = MemoryKills.Count() > memoryKills,
                Console = console.LastLines(),
            };
        }
    }

    public void Dispose()
    {
        qmp?.Dispose();
        process?.Dispose();
    }

    private void Connected(QmpConnection connection)
    {
        process = connection.ProcessId > 0 ? ProcessReference.TryOpen(connection.ProcessId) : null;
        if (MayResume)
        {
            _ = EndUnlessResumedAsync(connection);
        }
    }

    private async Task EndUnlessResumedAsync(QmpConnection connection)
    {
        // One that has read what was saved, and then cannot have a disk, stays, paused: libguestfs would wait for ever.
        int rounds = 0;
        string? status;
        while ((status = await connection.AskAsync("query-status").ConfigureAwait(false) is { } state ? Text(state, "status") : null)
            == "inmigrate" && rounds++ < ResumeLimit / ResumePeriod)
        {
            await Task.Delay(ResumePeriod).ConfigureAwait(false);
        }

        if (status is "inmigrate" or "paused" or "postmigrate")
        {
            IsResumptionStuck = status == "inmigrate";
            End();
        }
    }

    private void Happened(string name, JsonElement data)
    {
        switch (name)
        {
            case "SHUTDOWN":
                lock (gate)
                {
                    shutdownReason = Text(data, "reason");
                }

                break;
            case "BLOCK_IO_ERROR":
                faultNoted = Task.WhenAll(faultNoted, NoteDiskFaultAsync(data));
                break;
            case "STOP":
                _ = NoteStopAsync();
                break;
        }
    }

    // qemu stops the machine when a disk is full, and libguestfs would wait for ever.
    private async Task NoteDiskFaultAsync(JsonElement data)
    {
        Volatile.Write(ref lastFault, Environment.TickCount64);

        // Each request that was under way fails; what is asked about a later one may be cut off by the end that the first one brings.
        bool stopped = Text(data, "action") == "stop", isWrite = Text(data, "operation") == "write";
        string device = Text(data, "device") ?? "";
        lock (gate)
        {
            if (isStopped || (isWrite && !stopped && lostWrite?.Device == device))
            {
                return;
            }

            isStopped = stopped;
        }

        // qemu answers in this order.
        _ = NoteFailedRequestsAsync();
        (string? file, string? backing) = await InTime(FilesOfAsync(device, Text(data, "node-name"))).ConfigureAwait(false);
        DiskFault fault = new(
            device,
            file,
            backing,
            isWrite,
            data.TryGetProperty("nospace", out JsonElement full) && full.ValueKind == JsonValueKind.True,
            Text(data, "reason"),
            stopped);
        if (fault is { Stopped: true, IsFull: true, File: not null } && diskFull.Handler is { } handler)
        {
            (DiskFullAction action, Exception? thrown) = await AskAsync(handler, fault).ConfigureAwait(false);
            if (action == DiskFullAction.Retry)
            {
                // The requests that failed wait in qemu, and are made again.
                lock (gate)
                {
                    isStopped = false;
                }

                await qmp!.AskAsync("cont").ConfigureAwait(false);
                return;
            }

            fault = fault with { Handler = thrown };
        }

        lock (gate)
        {
            disk = fault;
            lostWrite = fault is { IsWrite: true, Stopped: false } ? fault : lostWrite;
        }

        if (stopped)
        {
            End();
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "The call that waits tells of it.")]
    private static async Task<(DiskFullAction Action, Exception? Thrown)> AskAsync(
        Func<HostDiskFull, DiskFullAction> handler, DiskFault fault)
    {
        try
        {
            HostDiskFull asked = new(fault.File!, fault.BackingFile, fault.AvailableBytes());
            DiskFullAction action = await Task.Factory.StartNew(
                () => handler(asked), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
                .ConfigureAwait(false);
            return (action, null);
        }
        catch (Exception e)
        {
            return (DiskFullAction.Abort, e);
        }
    }

    // Somebody paused it, or a disk did, of which it has told before; or a processor of it cannot go on.
    private async Task NoteStopAsync()
    {
        if (await qmp!.AskAsync("query-status").ConfigureAwait(false) is { } state && Text(state, "status") == "internal-error")
        {
            lock (gate)
            {
                hasMachineFailed = true;
            }

            End();
        }
    }

    // The file of the host that a disk is in, and the one that it is an overlay of.
    private async Task<(string? File, string? BackingFile)> FilesOfAsync(string? device, string? node)
    {
        string? file = await qmp!.AskAsync("query-block").ConfigureAwait(false) is { } blocks ? FileOf(blocks, device, node) : null;
        return file is not null && await qmp.AskAsync("query-named-block-nodes").ConfigureAwait(false) is { } nodes
            ? (file, BackingFileOf(nodes, file))
            : (file, null);
    }

    private void End()
    {
        try
        {
            process?.Kill();
        }
        catch (ObjectDisposedException)
        {
            // The handle is closed, and so qemu has ended.
        }
    }

    // Before libguestfs, which is its parent, has waited for it: then it is too late.
    private void SeeEnd()
    {
        try
        {
            if (process?.TryWait(Patience) is { } seen)
            {
                lock (gate)
                {
                    end = seen;
                }
            }
        }
        catch (ObjectDisposedException)
        {
            // Nobody asks any more.
        }
    }

    private static string? FileOf(JsonElement blocks, string? device, string? node)
    {
        foreach (JsonElement block in blocks.EnumerateArray())
        {
            if (block.TryGetProperty("inserted", out JsonElement inserted)
                && ((device is { Length: > 0 } && Text(block, "device") == device)
                    || (node is not null && Text(inserted, "node-name") == node)))
            {
                return FileName(Text(inserted, "file"));
            }
        }

        return null;
    }

    private static string? BackingFileOf(JsonElement nodes, string file)
    {
        foreach (JsonElement node in nodes.EnumerateArray())
        {
            if (Text(node, "backing_file") is { } backing && FileName(Text(node, "file")) == file)
            {
                return FileName(backing);
            }
        }

        return null;
    }

    // What is not a plain file over a format is described in JSON, layer over layer.
    private static string? FileName(string? name)
    {
        const string json = "json:";
        if (name is null || !name.StartsWith(json, StringComparison.Ordinal))
        {
            return name;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(name.AsMemory(json.Length));
            JsonElement layer = document.RootElement;
            while (layer.TryGetProperty("file", out JsonElement lower) && lower.ValueKind == JsonValueKind.Object)
            {
                layer = lower;
            }

            return Text(layer, "filename") ?? name;
        }
        catch (JsonException)
        {
            return name;
        }
    }

    private static long Number(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty(name, out JsonElement value)
        && value.ValueKind == JsonValueKind.Number
        && value.TryGetInt64(out long number)
            ? number
            : 0;

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty(name, out JsonElement value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private readonly record struct FailedRequests(long Reads, long Writes);
}

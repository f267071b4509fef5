using System.Text.Json;

namespace Guestfs;

/// <summary>How far a machine is, as its qemu tells.</summary>
/// <param name="IsRunning">Whether its processors run; not while it is paused.</param>
/// <param name="Requests">How many requests to its disks have ended.</param>
/// <param name="HasDaemon">Whether something in it has opened the port to this program: that is the daemon.</param>
internal sealed record MachineState(bool IsRunning, long Requests, bool HasDaemon)
{
    // The name of the character device that libguestfs connects the daemon's port to.
    private const string DaemonPort = "channel0";

    /// <summary>Asks for it.</summary>
    /// <returns>Null if qemu does not answer.</returns>
    internal static async Task<MachineState?> AskAsync(QmpConnection connection) =>
        await connection.AskAsync("query-status").ConfigureAwait(false) is { ValueKind: JsonValueKind.Object } status
        && await connection.AskAsync("query-blockstats").ConfigureAwait(false) is { ValueKind: JsonValueKind.Array } disks
        && await connection.AskAsync("query-chardev").ConfigureAwait(false) is { ValueKind: JsonValueKind.Array } ports
            ? new MachineState(
                IsTrue(status, "running"),
                disks.EnumerateArray().Sum(RequestsOf),
                ports.EnumerateArray().Any(port =>
                    port.TryGetProperty("label", out JsonElement label) && label.ValueEquals(DaemonPort) && IsTrue(port, "frontend-open")))
            : null;

    private static bool IsTrue(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.True;

    private static long RequestsOf(JsonElement disk) => disk.TryGetProperty("stats", out JsonElement stats)
        ? Number(stats, "rd_operations") + Number(stats, "wr_operations") + Number(stats, "flush_operations")
        : 0;

    private static long Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.TryGetInt64(out long number) ? number : 0;
}

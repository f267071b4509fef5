using System.Globalization;

namespace Guestfs;

/// <summary>
/// The programs that libguestfs starts in a launch, held from soon after their start until qemu has connected: how one ended that did
/// not come that far can then be told, though libguestfs waits for it and keeps it to itself.
/// </summary>
internal sealed class StartedPrograms : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(2);

    private readonly OwnProcesses launched;
    private readonly ApplianceWatch appliance;
    private readonly CancellationTokenSource over = new();
    private readonly Lock gate = new();
    private readonly List<(ProcessReference Process, bool IsProgram)> held = [];

    /// <summary>Begins.</summary>
    /// <param name="launched">The processes of the launch.</param>
    /// <param name="appliance">What qemu connects to.</param>
    internal StartedPrograms(OwnProcesses launched, ApplianceWatch appliance)
    {
        this.launched = launched;
        this.appliance = appliance;
        if (appliance.IsListening)
        {
            _ = RunAsync(over.Token);
        }
    }

    /// <summary>How the last of them ended; null if that is not known.</summary>
    internal ProcessEnd? EndOfLast()
    {
        lock (gate)
        {
            return held.FindLast(started => started.IsProgram).Process?.TryWait(TimeSpan.Zero);
        }
    }

    public void Dispose()
    {
        over.Cancel();
        lock (gate)
        {
            held.ForEach(started => started.Process.Dispose());
            held.Clear();
            over.Dispose();
        }
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!appliance.HasConnected && !cancellationToken.IsCancellationRequested)
        {
            Look(cancellationToken);
            await Task.Delay(Period, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private void Look(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                return;
            }

            foreach (int id in launched.Children())
            {
                if (!held.Exists(started => started.Process.Id == id) && launched.TryOpen(id) is { } process)
                {
                    held.Add((process, false));
                }
            }

            // libguestfs forks this process: what has not become another program yet, or never does, tells nothing.
            string? self = ProgramOf("self");
            for (int i = 0; i < held.Count; i++)
            {
                string? program = held[i].IsProgram ? null : ProgramOf(held[i].Process.Id.ToString(CultureInfo.InvariantCulture));
                held[i] = (held[i].Process, held[i].IsProgram || (program is not null && program != self));
            }
        }
    }

    private static string? ProgramOf(string process)
    {
        try
        {
            return new FileInfo($"/proc/{process}/exe").LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Ended, or confined by somebody else.
            return null;
        }
    }
}

using System.Globalization;

namespace Guestfs;

/// <summary>
/// The processes that libguestfs starts in a launch, held from soon after their start until qemu has connected: how a qemu ended that did
/// not come that far can then be told, though libguestfs waits for it and keeps it to itself.
/// </summary>
internal sealed class StartedProcesses : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(2);

    private readonly OwnProcesses launched;
    private readonly ApplianceWatch appliance;
    private readonly CancellationTokenSource over = new();
    private readonly Lock gate = new();
    private readonly List<(ProcessReference Process, bool IsHypervisor)> held = [];

    /// <summary>Begins.</summary>
    /// <param name="launched">The processes of the launch.</param>
    /// <param name="appliance">What qemu connects to.</param>
    internal StartedProcesses(OwnProcesses launched, ApplianceWatch appliance)
    {
        this.launched = launched;
        this.appliance = appliance;
        if (appliance.IsListening)
        {
            _ = RunAsync(over.Token);
        }
    }

    /// <summary>How qemu ended; null if that is not known.</summary>
    internal ProcessEnd? EndOfHypervisor()
    {
        lock (gate)
        {
            return held.FindLast(started => started.IsHypervisor).Process?.TryWait(TimeSpan.Zero);
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

            for (int i = 0; i < held.Count; i++)
            {
                held[i] = (held[i].Process, held[i].IsHypervisor || IsHypervisor(held[i].Process.Id));
            }
        }
    }

    // libguestfs forks this process, and asks other qemus for what they can do; only this one is told where to connect to.
    private bool IsHypervisor(int id)
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/cmdline"))
                .Contains(appliance.SocketDirectory!, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Ended.
            return false;
        }
    }
}

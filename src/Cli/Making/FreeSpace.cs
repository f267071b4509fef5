// Gives back what filesystems, swap and volume groups do not use. A discard of a file is a hole in it; of a copy's overlay it hides what
// the disk below has there.
using Guestfs.Cli.Guests;
using Guestfs.Interop;

namespace Guestfs.Cli.Making;

/// <summary>Discards what is free on the disks of a session.</summary>
/// <param name="session">The session, which tells what is left as it is.</param>
/// <param name="ignored">Filesystems and volume groups that are left as they are.</param>
/// <param name="mayFill">Whether zeroes are written into what cannot be discarded.</param>
internal sealed class FreeSpace(GuestSession session, IReadOnlyCollection<string> ignored, bool mayFill)
{
    private const int SwapHeader = 4096, SwapSignature = 10;

    private readonly GuestfsHandle g = session.Guestfs;

    internal void Discard(CancellationToken cancellationToken)
    {
        foreach ((string device, string type) in g.ListFilesystems().OrderBy(filesystem => filesystem.Key, StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (ignored.Contains(device) || ignored.Contains(g.CanonicalDeviceName(device)))
            {
                continue;
            }

            if (type == "swap")
            {
                DiscardSwap(device);
            }
            else if (type is not ("" or "unknown") && g.MountableDevice(device) == device)
            {
                DiscardFilesystem(device);
            }
        }

        foreach (string group in g.Vgs().Where(group => !ignored.Contains(group) && !ignored.Contains($"/dev/{group}")))
        {
            cancellationToken.ThrowIfCancellationRequested();
            DiscardGroup(group);
        }

        g.Sync();
    }

    private void DiscardFilesystem(string device)
    {
        try
        {
            g.MountOptions("", device, "/");
        }
        catch (GuestfsException e) when (g.State == GuestfsState.Ready)
        {
            session.Leave($"{device} is left as it is: {e.Message}");
            return;
        }

        try
        {
            g.Fstrim("/");
        }
        catch (GuestfsException e) when (g.State == GuestfsState.Ready)
        {
            // What is encrypted takes as much when it is full of zeroes.
            if (mayFill && !device.StartsWith("/dev/mapper/", StringComparison.Ordinal))
            {
                g.ZeroFreeSpace("/");
            }
            else
            {
                session.Leave($"{device} is left as it is: {e.Message}");
            }
        }
        finally
        {
            if (g.State == GuestfsState.Ready)
            {
                g.UmountAll();
            }
        }
    }

    // Its head stays as the guest's own mkswap wrote it. What has another signature is a system that sleeps.
    private void DiscardSwap(string device)
    {
        byte[] header = g.PreadDevice(device, SwapHeader, 0);
        if (header.AsSpan(SwapHeader - SwapSignature).SequenceEqual("SWAPSPACE2"u8) && GuestAnswer.Does(g, () => g.Blkdiscard(device)))
        {
            _ = g.PwriteDevice(device, header, 0);
        }
    }

    private void DiscardGroup(string group)
    {
        string name = $"gfs-{Guid.NewGuid():N}"[..16];
        if (GuestAnswer.Does(g, () => g.LvcreateFree(name, group, 100)))
        {
            _ = GuestAnswer.Does(g, () => g.Blkdiscard($"/dev/{group}/{name}"));
            g.Lvremove($"/dev/{group}/{name}");
        }
    }
}

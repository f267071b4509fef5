namespace Guestfs;

/// <summary>What a handle does about a full disk. The watch knows this, and not the handle.</summary>
internal sealed class DiskFullPolicy
{
    private volatile Func<HostDiskFull, DiskFullAction>? handler;

    /// <summary>Who decides; null for nobody.</summary>
    internal Func<HostDiskFull, DiskFullAction>? Handler
    {
        get => handler;
        set => handler = value;
    }
}

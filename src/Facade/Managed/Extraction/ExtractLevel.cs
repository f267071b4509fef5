namespace Guestfs;

/// <summary>A directory of the guest and the one of the host that it goes to.</summary>
internal sealed class ExtractLevel(
    ExtractedDirectory where, HostDirectory host, IEnumerator<GuestfsDirectoryEntry> entries, string guestPath) : IDisposable
{
    internal ExtractedDirectory Where { get; } = where;

    internal HostDirectory Host { get; } = host;

    internal IEnumerator<GuestfsDirectoryEntry> Entries { get; } = entries;

    internal string GuestPath { get; } = guestPath;

    /// <summary>The names that came already.</summary>
    internal HashSet<string> Names { get; } = new(StringComparer.Ordinal);

    public void Dispose()
    {
        Entries.Dispose();
        Host.Dispose();
    }
}

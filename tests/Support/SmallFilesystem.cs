namespace Guestfs.TestSupport;

/// <summary>A filesystem that is soon full; only root can mount one.</summary>
public sealed class SmallFilesystem : IDisposable
{
    private readonly TempDirectory directory = new();

    /// <summary>Mounts it.</summary>
    /// <param name="size">Its size, as tmpfs takes it.</param>
    public SmallFilesystem(string size)
    {
        if (Command.TryRun("mount", ["-t", "tmpfs", "-o", $"size={size}", "none", Directory]).ExitCode != 0)
        {
            directory.Dispose();
            Command.Missing("Only root can mount a small filesystem.");
        }
    }

    /// <summary>Where it is mounted.</summary>
    public string Directory => directory.Path;

    /// <inheritdoc/>
    public void Dispose()
    {
        Command.TryRun("umount", ["-l", Directory]);
        directory.Dispose();
    }
}

namespace Guestfs;

/// <summary>Follows a launch from its console, and tells each stage that begins. Stages may be missing, but never go back.</summary>
internal sealed class LaunchStages
{
    // What the kernel says first and last; what the first processes say where the kernel is quiet; the daemon's command line.
    private static readonly (string Text, bool Starts, LaunchStage Stage)[] Signs =
    [
        ("Linux version ", false, LaunchStage.Kernel),
        ("Run /init as init process", false, LaunchStage.Init),
        ("supermin: ext2 mini initrd starting up", true, LaunchStage.Init),
        ("Starting /init script", true, LaunchStage.Init),
        ("guestfsd", true, LaunchStage.Daemon),
    ];

    private readonly ConsoleLines lines;
    private LaunchStage last = LaunchStage.Qemu;

    internal LaunchStages(Action<LaunchStage> begins) => lines = new ConsoleLines(line => Look(line, begins));

    /// <summary>Reads on.</summary>
    internal void Add(ReadOnlySpan<byte> piece) => lines.Add(piece);

    private void Look(string line, Action<LaunchStage> begins)
    {
        foreach ((string text, bool starts, LaunchStage stage) in Signs)
        {
            if (stage > last && (starts ? line.StartsWith(text, StringComparison.Ordinal) : line.Contains(text, StringComparison.Ordinal)))
            {
                last = stage;
                begins(stage);
            }
        }
    }
}

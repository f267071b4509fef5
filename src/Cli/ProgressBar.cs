// One line on a terminal that shows how far the work is; nothing where standard error is a file.
using System.Globalization;

using Guestfs.Appliances;

namespace Guestfs.Cli;

/// <summary>Shows the builder's progress.</summary>
internal sealed class ProgressBar : IProgress<ApplianceProgress>, IDisposable
{
    private const int Width = 30;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private readonly Lock gate = new();
    private readonly bool visible = !Console.IsErrorRedirected;
    private ApplianceStage? stage;
    private long lastShown;
    private bool shown;

    /// <inheritdoc/>
    public void Report(ApplianceProgress value)
    {
        if (!visible)
        {
            return;
        }

        lock (gate)
        {
            long now = TimeProvider.System.GetTimestamp();
            if (value.Stage == stage && TimeProvider.System.GetElapsedTime(lastShown, now) < Interval)
            {
                return;
            }

            (stage, lastShown, shown) = (value.Stage, now, true);
            StandardStreams.Show($"\r\e[K{Line(value)}");
        }
    }

    /// <summary>Removes the line.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (shown)
            {
                StandardStreams.Show("\r\e[K");
            }
        }
    }

    private static string Line(ApplianceProgress value)
    {
        string what = value.Stage switch
        {
            ApplianceStage.Resolving => "finding packages and files",
            ApplianceStage.Downloading => "downloading",
            ApplianceStage.Unpacking => "unpacking",
            ApplianceStage.WritingKernel => "writing the kernel",
            ApplianceStage.WritingRoot => "writing the root filesystem",
            ApplianceStage.Packing => "packing",
            _ => "checking digests",
        };
        if (value.Total <= 0)
        {
            return what;
        }

        double part = Math.Clamp((double)value.Done / value.Total, 0, 1);
        int full = (int)(part * Width);
        return string.Create(CultureInfo.InvariantCulture, $"[{new string('#', full)}{new string('.', Width - full)}] {part,4:P0} {what}");
    }
}

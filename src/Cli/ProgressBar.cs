// One line on a terminal that shows how far the work is, once it has taken two seconds; nothing where standard error is a file.
using System.Globalization;

using Guestfs.Appliances;
using Guestfs.Cli.Output;

using Spectre.Console;

namespace Guestfs.Cli;

/// <summary>Shows the progress of the builder, of calls, of extractions, and of whatever else is counted.</summary>
internal sealed class ProgressBar
    : IProgress<ApplianceProgress>, IProgress<GuestfsProgress>, IProgress<ExtractProgress>, IDisposable
{
    // What a bar takes of the line with the space after it, and the percentage.
    private const int BarWidth = 31, PercentWidth = 5;

    private static readonly ProgressBarColumn Bar = new() { Width = BarWidth - 1 };
    private static readonly PercentageColumn Percent = new();
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100), Patience = TimeSpan.FromSeconds(2);
    private static readonly Lock Gate = new();
    private static bool isShown;
    private readonly bool visible = IsWanted && !Console.IsErrorRedirected;
    private readonly long begun = TimeProvider.System.GetTimestamp();
    private long lastShown;

    /// <summary>Whether the user wants to see any.</summary>
    internal static bool IsWanted { get; set; } = true;

    /// <inheritdoc/>
    public void Report(ApplianceProgress value) => Show(
        value.Stage switch
        {
            ApplianceStage.Resolving => "finding packages and files",
            ApplianceStage.Downloading => "downloading",
            ApplianceStage.Unpacking => "unpacking",
            ApplianceStage.WritingKernel => "writing the kernel",
            ApplianceStage.WritingRoot => "writing the root filesystem",
            ApplianceStage.Packing => "packing",
            _ => "checking digests",
        },
        value.Done,
        value.Total);

    /// <inheritdoc/>
    public void Report(GuestfsProgress value) => Show("", (long)value.Position, (long)value.Total);

    /// <summary>How many bytes will be extracted, where that is known.</summary>
    internal long ExpectedSize { private get; set; }

    /// <inheritdoc/>
    public void Report(ExtractProgress value)
    {
        if (ExpectedSize > 0)
        {
            Show(value.Path, value.TotalSize, ExpectedSize);
        }
        else
        {
            Count(value.Path, value.Entries, value.TotalSize);
        }
    }

    /// <summary>Shows how much of something is done.</summary>
    /// <param name="what">What is done.</param>
    /// <param name="done">How much of it.</param>
    /// <param name="total">Of how much; 0 where nobody knows.</param>
    internal void Show(string what, long done, long total)
    {
        if (IsDue())
        {
            Write(what, total > 0 ? (double)done / total : null);
        }
    }

    /// <summary>Shows how much is done of what nobody knows the whole of.</summary>
    internal void Count(string what, long entries, long bytes)
    {
        if (IsDue())
        {
            string files = entries > 0 ? string.Create(CultureInfo.InvariantCulture, $"{entries} files") : "";
            string size = bytes > 0 ? HumanSize.Of(bytes) : "";
            Write($"{files}{(files.Length * size.Length > 0 ? ", " : "")}{size} {what}", part: null);
        }
    }

    /// <summary>Waits for something of which nobody knows how far it is.</summary>
    /// <param name="work">What is waited for.</param>
    /// <param name="what">What it is.</param>
    internal async Task<T> WhileAsync<T>(Task<T> work, string what)
    {
        await WhileAsync((Task)work, what).ConfigureAwait(false);
        return await work.ConfigureAwait(false);
    }

    /// <inheritdoc cref="WhileAsync{T}"/>
    internal async Task WhileAsync(Task work, string what)
    {
        while (visible && await Task.WhenAny(work, Task.Delay(Interval, CancellationToken.None)).ConfigureAwait(false) != work)
        {
            Show(what, 0, 0);
        }

        await work.ConfigureAwait(false);
    }

    /// <summary>Removes the line, which comes again with the next step of the work.</summary>
    internal static void Hide()
    {
        lock (Gate)
        {
            if (isShown)
            {
                StandardStreams.Show("\r\e[K");
                isShown = false;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Hide();

    private bool IsDue()
    {
        if (!visible)
        {
            return false;
        }

        lock (Gate)
        {
            long now = TimeProvider.System.GetTimestamp();
            if (TimeProvider.System.GetElapsedTime(begun, now) < Patience || TimeProvider.System.GetElapsedTime(lastShown, now) < Interval)
            {
                return false;
            }

            (lastShown, isShown) = (now, true);
            return true;
        }
    }

    // A line that the terminal breaks would stay there.
    private static void Write(string what, double? part)
    {
        int width = Terminal.ErrorWidth - 1;
        string bar = "";
        if (part is { } done && width > BarWidth + PercentWidth)
        {
            bool hasColours = Terminal.MayHaveColours;
            bar = $"{Drawing.Of(Bar, done, hasColours)} {Drawing.Of(Percent, done, hasColours)} ";
            width -= BarWidth + PercentWidth;
        }

        StandardStreams.Show($"\r\e[K{bar}{Terminal.Cut(what, width)}");
    }
}

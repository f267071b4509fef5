using Guestfs.Appliances;

namespace Guestfs.Cli.Guests;

/// <summary>Which appliance is run, and how.</summary>
internal sealed record ApplianceRequest
{
    /// <summary>A directory, or <c>system</c>; null for the builder's.</summary>
    internal string? Directory { get; init; }

    internal Accelerator Accelerator { get; init; }

    /// <summary>In megabytes.</summary>
    internal int? Memory { get; init; }

    internal int? Processors { get; init; }

    internal TimeSpan? LaunchTimeout { get; init; }

    internal bool Verbose { get; init; }

    internal bool Trace { get; init; }

    /// <summary>A handle that is set up so.</summary>
    /// <param name="progress">Told how far the builder is, if it has to build the appliance.</param>
    /// <param name="alwaysBoot">Whether the appliance is booted where it could be resumed, too.</param>
    internal GuestfsHandle CreateHandle(IProgress<ApplianceProgress>? progress, bool alwaysBoot = false)
    {
        GuestfsHandle g = new(new GuestfsHandleOptions
        {
            Appliance = Directory switch
            {
                null => new ManagedApplianceSource(progress: progress),
                "system" => null,
                { } directory => ApplianceSource.InDirectory(ProcessInput.FullPath(directory)),
            },
            Accelerator = Accelerator,
            AlwaysBoot = alwaysBoot,
            LaunchTimeout = LaunchTimeout,
        });
        try
        {
            SetUp(g);
            return g;
        }
        catch
        {
            g.Dispose();
            throw;
        }
    }

    private void SetUp(GuestfsHandle g)
    {
        if (Verbose)
        {
            g.ConsoleOutputReceived += (_, e) => StandardStreams.ShowPrintable(e.Text);
            g.LibraryMessageReceived += (_, e) => StandardStreams.ShowPrintable(e.Text.TrimEnd('\n') + "\n");
            g.SetVerbose(true);
        }

        if (Trace)
        {
            g.TraceMessageReceived += (_, e) => StandardStreams.Tell($"trace: {e.Text}");
            g.SetTrace(true);
        }

        g.WarningReceived += (_, e) => Messages.Warn(e.Text);
        if (Memory is { } memory)
        {
            g.SetMemsize(memory);
        }

        if (Processors is { } processors)
        {
            g.SetSmp(processors);
        }
    }
}

using System.Diagnostics;

namespace Guestfs;

/// <summary>Traces one launch of a traced handle.</summary>
internal sealed class LaunchSpan : IDisposable
{
    private readonly Activity? launch;
    private readonly LaunchStages stages;
    private Activity? stage;

    internal LaunchSpan(GuestfsHandle handle)
    {
        launch = CallSpan.BeginOperation(handle.Calls, "launch");
        stages = new LaunchStages(Begin);
    }

    /// <summary>Whether the stages are recorded, so that it is worth to have the kernel tell of them.</summary>
    internal bool IsRecorded => launch is { IsAllDataRequested: true };

    /// <summary>A stage begins, and the one before it is over.</summary>
    internal void Begin(LaunchStage next)
    {
        stage?.Dispose();
        stage = launch is null ? null : CallSpan.Start(next switch
        {
            LaunchStage.Appliance => "launch.appliance",
            LaunchStage.Qemu => "launch.qemu",
            LaunchStage.Kernel => "launch.kernel",
            LaunchStage.Init => "launch.init",
            _ => "launch.daemon",
        });
    }

    /// <summary>The appliance's console.</summary>
    internal void Console(ReadOnlySpan<byte> piece) => stages.Add(piece);

    /// <summary>What the launch has decided about acceleration.</summary>
    internal void SetAccelerator(Accelerator accelerator) => launch?.SetTag("guestfs.accelerator", accelerator.ToString());

    /// <summary>What the launch keeps qemu from.</summary>
    internal void SetConfinement(Confinement confinement) => launch?.SetTag("guestfs.confinement", confinement.ToString());

    /// <summary>Whether the launch has resumed a saved appliance.</summary>
    internal void SetResumed(bool resumed) => launch?.SetTag("guestfs.resumed", resumed);

    /// <summary>The launch has failed, and so has its last stage.</summary>
    internal void Fail(Exception exception)
    {
        stage?.SetStatus(ActivityStatusCode.Error);
        CallSpan.Fail(exception);
        if (exception is GuestfsLaunchException { Failure: var failure })
        {
            launch?.SetTag("guestfs.launch.failure", failure.ToString());
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        stage?.Dispose();
        launch?.Dispose();
        CallSpan.End();
    }
}

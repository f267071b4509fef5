using Guestfs.Appliances;

namespace Guestfs.Exports;

/// <summary>Tells a callback how far a build is, and cancels the build when it wants no more.</summary>
/// <param name="callback">The callback, or NULL.</param>
/// <param name="opaque">Given to it.</param>
internal sealed unsafe class BuildProgress(
    delegate* unmanaged[Cdecl]<void*, gfs_appliance_stage, ulong, ulong, byte*, int> callback, void* opaque)
    : IProgress<ApplianceProgress>, IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly Lock gate = new();

    internal CancellationToken Token => source.Token;

    // The builder reports from several threads.
    public void Report(ApplianceProgress value)
    {
        if (callback == null)
        {
            return;
        }

        using NativeArena text = new();
        lock (gate)
        {
            if (callback(opaque, (gfs_appliance_stage)value.Stage, (ulong)value.Done, (ulong)value.Total, text.OptionalString(value.Item))
                != 0)
            {
                source.Cancel();
            }
        }
    }

    public void Dispose() => source.Dispose();
}

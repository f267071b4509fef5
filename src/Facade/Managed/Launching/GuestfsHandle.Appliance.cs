// Whether the appliance still lives, and which call is to say that it does not.
namespace Guestfs;

public sealed partial class GuestfsHandle
{
    private static readonly object Reported = new();

    private object? diedIn;

    // libguestfs notices a death with the next call only.
    private bool HasDied => applianceProcess?.HasEnded == true;

    private static void OnSubprocessQuit(object? sender, EventArgs e) =>
        Volatile.Write(ref ((GuestfsHandle)sender!).diedIn, ThreadToken.Current);

    // Once, in the call that noticed.
    private bool IsDeathUnreported() => diedIn is not null && ReferenceEquals(Interlocked.CompareExchange(ref diedIn, Reported, ThreadToken.Current), ThreadToken.Current);
}

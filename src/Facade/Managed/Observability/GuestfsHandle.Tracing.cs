// Spans of calls, for handles that were created while somebody listened.
namespace Guestfs;

// The hot path of a call knows nothing of it: a traced handle takes the way of those that need attention.
public sealed partial class GuestfsHandle
{
    private const int Traced = 4;

    private bool IsTraced => GuestfsTelemetry.IsSupported && (Volatile.Read(ref attention) & Traced) != 0;

    private void TraceCalls()
    {
        if (GuestfsTelemetry.IsSupported && GuestfsTelemetry.Source.HasListeners())
        {
            FunctionEntered += static (sender, e) => CallSpan.Name((GuestfsHandle)sender!, e.Text);
            Interlocked.Or(ref attention, Traced);
        }
    }

    /// <summary>Notes in the span of the call that it has failed.</summary>
    private void TraceFailure(Exception exception)
    {
        if (IsTraced)
        {
            CallSpan.Fail(exception);
        }
    }
}

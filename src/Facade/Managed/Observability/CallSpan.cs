// The calls that a thread is in, and their spans.
using System.Diagnostics;

namespace Guestfs;

/// <summary>
/// One call of a traced handle, innermost first. libguestfs tells a function's name when it is entered, which may be
/// never, if an argument is refused, and more than once, if the function calls others: the first name is the call's.
/// </summary>
internal sealed class CallSpan
{
    private const string Prefix = "guestfs.";

    [ThreadStatic]
    private static CallSpan? current;

    private readonly CallGate gate;
    private readonly CallSpan? outer;
    private readonly bool coversCalls;
    private Activity? activity;
    private bool named;

    private CallSpan(CallGate gate, bool coversCalls = false)
    {
        this.gate = gate;
        this.coversCalls = coversCalls;
        outer = current;
        current = this;
    }

    /// <summary>A call begins, whose name is not known yet.</summary>
    internal static void Begin(CallGate gate) => _ = new CallSpan(gate);

    /// <summary>An operation begins that consists of several calls, which get no spans of their own.</summary>
    internal static Activity? BeginOperation(CallGate gate, string name)
    {
        CallSpan span = new(gate, coversCalls: true) { named = true, activity = Start(name) };
        return span.activity;
    }

    /// <summary>libguestfs has entered a function.</summary>
    internal static void Name(CallGate gate, string function)
    {
        if (current is { named: false } span && ReferenceEquals(span.gate, gate))
        {
            span.named = true;
            span.activity = span.outer is { coversCalls: true } ? null : Start(function);
        }
    }

    /// <summary>The innermost call or operation has failed.</summary>
    internal static void Fail(Exception exception)
    {
        if (current?.activity is { } activity)
        {
            activity.SetStatus(ActivityStatusCode.Error);
            activity.SetTag("error.type", exception.GetType().FullName);
            if (exception is GuestfsException { Errno: not 0 } failure)
            {
                activity.SetTag("guestfs.errno", failure.Errno);
            }
        }
    }

    /// <summary>The innermost call or operation is over.</summary>
    internal static void End()
    {
        CallSpan span = current!;
        current = span.outer;
        span.activity?.Dispose();
    }

    /// <summary>Begins a span inside the current one.</summary>
    internal static Activity? Start(string name) =>
        GuestfsTelemetry.IsSupported ? GuestfsTelemetry.Source.StartActivity(Prefix + name) : null;
}

// The calls that a thread is in, their spans, and how long they took.
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
    private readonly long start;
    private Activity? activity;
    private string? function;
    private Type? failure;

    private CallSpan(CallGate gate, bool coversCalls = false)
    {
        this.gate = gate;
        this.coversCalls = coversCalls;
        outer = current;
        start = GuestfsMetrics.MeasuresCalls ? Stopwatch.GetTimestamp() : 0;
        current = this;
    }

    // A part of an operation counts with it.
    private bool IsCovered => coversCalls || outer is { coversCalls: true };

    /// <summary>A call begins, whose name is not known yet.</summary>
    internal static void Begin(CallGate gate) => _ = new CallSpan(gate);

    /// <summary>An operation begins that consists of several calls, which get no spans of their own.</summary>
    internal static Activity? BeginOperation(CallGate gate, string name)
    {
        CallSpan span = new(gate, coversCalls: true) { function = name, activity = Start(name) };
        return span.activity;
    }

    /// <summary>libguestfs has entered a function.</summary>
    internal static void Name(CallGate gate, string function)
    {
        if (current is { function: null } span && ReferenceEquals(span.gate, gate))
        {
            span.function = function;
            span.activity = span.IsCovered ? null : Start(function);
        }
    }

    /// <summary>The innermost call or operation has failed.</summary>
    internal static void Fail(Exception exception)
    {
        if (current is not null)
        {
            current.failure = exception.GetType();
        }

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
        if (span is { function: { } function, IsCovered: false, start: not 0 })
        {
            GuestfsMetrics.CallEnded(span.start, function, span.failure);
        }
    }

    /// <summary>Begins a span inside the current one.</summary>
    internal static Activity? Start(string name) =>
        GuestfsTelemetry.IsSupported ? GuestfsTelemetry.Source.StartActivity(Prefix + name) : null;
}

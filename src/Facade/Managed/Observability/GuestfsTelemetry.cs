using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Guestfs;

/// <summary>What who traces and measures needs to know, for example OpenTelemetry: <c>AddSource(GuestfsTelemetry.ActivitySourceName)</c>,
/// <c>AddMeter(GuestfsTelemetry.MeterName)</c>.</summary>
/// <remarks>
/// <para>
/// Each call is a span <c>guestfs.NAME</c> with the C name of the function. A failed one has the status Error, the type of the
/// exception as <c>error.type</c>, and <c>guestfs.errno</c>. Arguments, and messages, which may contain them, are never in it.
/// </para>
/// <para>
/// A launch has children that follow one another: <c>guestfs.launch.appliance</c> (only with an
/// <see cref="GuestfsHandleOptions.Appliance"/>), <c>guestfs.launch.qemu</c> (until the kernel says its first word; libguestfs
/// may run supermin in it), <c>guestfs.launch.kernel</c>, <c>guestfs.launch.init</c> (from its first process until the daemon is
/// started) and <c>guestfs.launch.daemon</c> (until it has answered). They are read off the appliance's console. So that the
/// kernel says enough, a launch that is recorded puts <c>loglevel=7</c> before the text of guestfs_set_append(3), where
/// <see cref="GuestfsHandle.GetAppend"/> shows it; <see cref="GuestfsHandle.ConsoleOutputReceived"/> then tells more.
/// </para>
/// <para>The meter's instruments, of all handles together:</para>
/// <list type="table">
/// <item><term><c>guestfs.launch.duration</c></term><description>Histogram, seconds; its count is that of launches.
/// <c>guestfs.launch.outcome</c> is <c>ready</c>, <c>failed</c> or <c>cancelled</c>; <c>guestfs.accelerator</c> and
/// <c>guestfs.resumed</c> are as in the span; of those that are not ready <c>error.type</c>, the type of the exception, and
/// <c>guestfs.launch.failure</c>, a <see cref="LaunchFailure"/>.</description></item>
/// <item><term><c>guestfs.call.duration</c></term><description>Histogram, seconds; its count is that of calls.
/// <c>guestfs.function</c> is the C name; <c>error.type</c> as above. Calls that are a part of a launch are not counted.
/// </description></item>
/// <item><term><c>guestfs.handle.count</c></term><description>Up-down counter, handles that are open.</description></item>
/// <item><term><c>guestfs.transfer.io</c></term><description>Counter, bytes that went through streams into guests, and through
/// streams and results out of them. <c>guestfs.io.direction</c> is <c>read</c> (out of the guest) or <c>write</c>. Files of the host
/// that are given by name are not counted, which libguestfs itself reads and writes, nor are bytes of arguments.</description></item>
/// </list>
/// <para>A handle that is created while nobody listens is never traced, nor are its calls measured, and they cost nothing more.</para>
/// <para>
/// In a NativeAOT program .NET's activities take some 400 KB. One that wants none leaves them out with
/// <c>&lt;RuntimeHostConfigurationOption Include="Guestfs.Tracing.IsSupported" Value="false" Trim="true" /&gt;</c> in its project.
/// Metrics take some 120 KB, which one leaves out with .NET's own <c>&lt;MetricsSupport&gt;false&lt;/MetricsSupport&gt;</c>.
/// </para>
/// </remarks>
public static class GuestfsTelemetry
{
    /// <summary>The name of the <see cref="ActivitySource"/>.</summary>
    public const string ActivitySourceName = "Guestfs";

    /// <summary>The name of the <see cref="System.Diagnostics.Metrics.Meter"/>.</summary>
    public const string MeterName = "Guestfs";

    private const string Switch = "Guestfs.Tracing.IsSupported";

    /// <summary>Whether there are spans at all: without them a trimmed program is free of .NET's part of it.</summary>
    [FeatureSwitchDefinition(Switch)]
    internal static bool IsSupported { get; } = !AppContext.TryGetSwitch(Switch, out bool on) || on;

    internal static ActivitySource Source => OnlySource.Value;

    // In a class of its own: what a class has is made with its first use, of IsSupported too, and then is in every program.
    private static class OnlySource
    {
        internal static ActivitySource Value { get; } = new(ActivitySourceName);
    }
}

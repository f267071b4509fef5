// What can be chosen when a handle is created.
using Microsoft.Extensions.Logging;

namespace Guestfs;

/// <summary>How to create a handle.</summary>
public readonly struct GuestfsHandleOptions
{
    /// <summary>
    /// Does not read settings from the environment variables <c>LIBGUESTFS_*</c> and <c>TMPDIR</c>. They are those the process was
    /// started with: <see cref="Environment.SetEnvironmentVariable(string, string?)"/> does not reach native code, so use
    /// <see cref="GuestfsHandle.SetPath"/>, <see cref="GuestfsHandle.SetBackend"/> and the like. Setuid programs, and others with
    /// more rights than their caller, read none in any case.
    /// </summary>
    public bool IgnoreEnvironment { get; init; }

    /// <summary>
    /// Where the handle logs; null for nowhere. What is logged is not printed on standard error. A level counts if it is
    /// enabled when the handle is created.
    /// </summary>
    /// <remarks>
    /// <list type="table">
    /// <item><term><c>Guestfs</c></term><description>This library: the accelerator and the confinement of a launch (Information),
    /// a launch that failed (Error), a handle that nobody disposed (Warning).</description></item>
    /// <item><term><c>Guestfs.Warning</c></term><description><see cref="GuestfsHandle.WarningReceived"/> (Warning).</description></item>
    /// <item><term><c>Guestfs.Library</c></term><description><see cref="GuestfsHandle.LibraryMessageReceived"/> (Debug);
    /// only when verbose.</description></item>
    /// <item><term><c>Guestfs.Appliance</c></term><description><see cref="GuestfsHandle.ConsoleOutputReceived"/>, the console in whole
    /// lines (Debug); little of it unless verbose.</description></item>
    /// <item><term><c>Guestfs.Trace</c></term><description><see cref="GuestfsHandle.TraceMessageReceived"/>: calls with their arguments,
    /// keys excepted (Trace); only when tracing.</description></item>
    /// </list>
    /// <para>What a logger throws is thrown by the call that logged, as with events.</para>
    /// </remarks>
    public ILoggerFactory? LoggerFactory
    {
        get => Log?.Factory;
        init => Log = value is null ? null : new LogSource(value);
    }

    internal LogSource? Log { get; private init; }

    /// <summary>Which appliance <see cref="GuestfsHandle.Launch"/> boots; null is <see cref="ApplianceSource.Default"/>.</summary>
    public ApplianceSource? Appliance { get; init; }

    /// <summary>
    /// How long a cancelled transfer may take to stop before its appliance is ended, which also closes the handle; null is 5
    /// seconds. <see cref="Timeout.InfiniteTimeSpan"/> waits as long as it takes.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, or over 24 days.</exception>
    public TimeSpan? CancellationTimeout
    {
        get;
        init => field = value == Timeout.InfiniteTimeSpan ? value : Checked(value, TimeSpan.Zero, nameof(CancellationTimeout));
    }

    /// <summary>
    /// What runs the appliance. A backend setting <c>force_kvm</c> or <c>force_tcg</c>, also one from the environment, comes
    /// first; see <see cref="GuestfsHandle.AcceleratorChoice"/>.
    /// </summary>
    public Accelerator Accelerator { get; init; }

    /// <summary>
    /// What qemu is kept from: null is as much as the host, the qemu and the disks allow. Otherwise this and nothing else: the launch fails
    /// if some of it cannot be had; <see cref="Confinement.None"/> leaves qemu alone. Only the backend <c>direct</c> has it;
    /// libvirt confines its qemu itself. See <see cref="GuestfsHandle.ConfinementChoice"/>.
    /// </summary>
    public Confinement? Confinement { get; init; }

    /// <summary>
    /// Boots the appliance in each launch. Otherwise a machine that is emulated, and whose appliance is a managed one, is saved by the
    /// first launch that could have used it, in the background, and resumed by later ones. See <see cref="GuestfsHandle.ResumeChoice"/>.
    /// </summary>
    public bool AlwaysBoot { get; init; }

    /// <summary>
    /// How long <see cref="GuestfsHandle.Launch"/> waits for the appliance once it is built; null waits as long as it gets on: one that
    /// stands still fails with <see cref="LaunchFailure.Stalled"/> in any case. At most 24 days. When the time is over, what the launch has
    /// started is killed, and it fails with <see cref="LaunchFailure.DaemonNeverConnected"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive, or over 24 days.</exception>
    public TimeSpan? LaunchTimeout
    {
        get;
        init => field = Checked(value, TimeSpan.FromTicks(1), nameof(LaunchTimeout));
    }

    // Here, not in the handle, whose constructor every program has: the exception's text needs the formatting of times.
    private static TimeSpan? Checked(TimeSpan? limit, TimeSpan least, string name)
    {
        if (limit is { } time)
        {
            if (time < least || time > TimeSpan.FromDays(24))
            {
                string inC = name == nameof(LaunchTimeout) ? "launch_timeout_ms" : "cancel_timeout_ms";
                throw new ArgumentOutOfRangeException(
                    ApiName.Parameter(name),
                    $"{ApiName.Option(nameof(GuestfsHandleOptions), name, inC)} is {time.TotalMilliseconds} ms: it must be "
                    + $"{(least == TimeSpan.Zero ? "at least 0" : "more than 0")} and at most 24 days.");
            }
        }

        return limit;
    }
}

// Creation, state and end of life. The other parts of the handle are in the folders beside this file and in Generated/.
using System.Diagnostics.CodeAnalysis;

using Guestfs.Interop;

namespace Guestfs;

/// <summary>
/// A libguestfs handle: add disks, <see cref="Launch"/>, then use the functions of guestfs(3). Each has its C name in
/// PascalCase: <c>guestfs_inspect_get_mountpoints</c> is <see cref="InspectGetMountpoints"/>.
/// </summary>
/// <remarks>
/// <para>Methods may be called from several threads; libguestfs runs them one after another. An event handler may call
/// methods of the handle that raised the event.</para>
/// <para>A failed call throws a <see cref="GuestfsException"/>, a string with a NUL character or a surrogate that stands
/// for no byte (see <see cref="LosslessUtf8"/>) an <see cref="ArgumentException"/>, and a call after
/// <see cref="Dispose"/> an <see cref="ObjectDisposedException"/>.</para>
/// <para>A process can have about a thousand handles open at a time with glibc, a hundred with musl: libguestfs takes one of the
/// process's keys of thread-specific data for each. Dispose of them; the garbage collector closes those that are forgotten,
/// some time later.</para>
/// <para>When the host's filesystem is full (a sparse disk, or in TMPDIR what is written to a read-only or scratch disk), the
/// appliance is ended and the call fails with <see cref="ApplianceDeath.HostDiskFull"/>. With libvirt's backend nobody tells: the
/// call waits for ever.</para>
/// <para>Names of files on the host are absolute or relative to the current directory; paths in the guest are absolute.</para>
/// </remarks>
/// <example>
/// <code>
/// using GuestfsHandle g = new();
/// g.AddDrive("disk.qcow2", new() { ReadOnly = true, Format = "qcow2" });
/// g.Launch();
/// foreach (GuestOperatingSystem os in g.Inspect())
/// {
///     g.MountAll(os);
///     Console.WriteLine($"{os.ProductName}: {g.Cat("/etc/hostname")}");
///     g.UmountAll();
/// }
/// </code>
/// </example>
public sealed unsafe partial class GuestfsHandle : IDisposable
{
    private readonly HandleLog? log;
    private readonly Lock workerGate = new();
    private HandleWorker? worker;

    /// <summary>Creates a handle, with settings from the environment (<c>LIBGUESTFS_*</c>): guestfs_create(3).</summary>
    /// <inheritdoc cref="GuestfsHandle(GuestfsHandleOptions)" path="/exception"/>
    public GuestfsHandle()
        : this(default)
    {
    }

    /// <summary>Creates a handle: guestfs_create_flags(3).</summary>
    /// <param name="options">What differs from the default.</param>
    /// <exception cref="DllNotFoundException">libguestfs is not installed; the message says how to install it.</exception>
    /// <exception cref="GuestfsException">
    /// The library is too old for this API, the environment has an invalid setting, or there are too many handles.
    /// </exception>
    /// <example>
    /// <code>
    /// using GuestfsHandle g = new(new() { LaunchTimeout = TimeSpan.FromMinutes(2), Accelerator = Accelerator.Tcg });
    /// </code>
    /// </example>
    public GuestfsHandle(GuestfsHandleOptions options)
    {
        SupportedLibrary.Check();
        CancellationTimeout = options.CancellationTimeout ?? TimeSpan.FromSeconds(5);
        log = options.Log?.Open();

        // Not closed by libguestfs at exit: its atexit handler would run while managed threads still use the handle.
        // Not with the environment yet: creation would print what is wrong there, skip the rest of it, and succeed.
        guestfs_h* pointer = HandleCreation.Create();
        if (pointer == null)
        {
            throw new GuestfsException(
                "create", 0,
                "libguestfs could not create a handle. It has printed the reason on standard error, unless memory ran out.");
        }

        NativeHandle = new GuestfsSafeHandle(pointer, log);
        Calls = new CallGate(NativeHandle, OnClosed);
        Events = new EventHub(this);
        Session = new LaunchSession(this, options, log);
        try
        {
            log?.ListenTo(this);
            if ((GuestfsTelemetry.IsSupported && GuestfsTelemetry.Source.HasListeners()) || GuestfsMetrics.MeasuresCalls)
            {
                FunctionEntered += static (sender, e) => CallSpan.Name(((GuestfsHandle)sender!).Calls, e.Text);
                Calls.Trace();
            }

            UseBundle();
            if (!options.IgnoreEnvironment && HostEnvironment.IsTrusted)
            {
                ReadEnvironment();
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Where the handle is in its life.</summary>
    /// <remarks>guestfs(3): <c>guestfs_is_config</c>, <c>guestfs_is_launching</c>, <c>guestfs_is_ready</c>.
    /// Waits for a call that runs in another thread.</remarks>
    [SuppressMessage(
        "Naming", "CA1721:Property names should not match get methods", Justification = "GetState is upstream's opaque number.")]
    public GuestfsState State
    {
        get
        {
            if (Calls.IsClosing)
            {
                return GuestfsState.Closed;
            }

            using Call call = new(this);
            GuestfsState state = CallFailure.ReadState(call.Handle);
            return state == GuestfsState.Ready && Session.HasEnded ? GuestfsState.Config : state;
        }
    }

    /// <summary>
    /// Closes the handle and ends its appliance: guestfs_close(3). While a call is running, in another thread or around
    /// the event handler that disposes, the handle closes when that call returns. May be called any number of times.
    /// Call <see cref="Shutdown"/> first after writing: it reports errors, which closing cannot.
    /// </summary>
    public void Dispose() => Close(byCancellation: false);

    /// <summary>Keeps the C handle open while calls run.</summary>
    internal CallGate Calls { get; }

    /// <summary>The owner of the C handle.</summary>
    internal GuestfsSafeHandle NativeHandle { get; }

    /// <summary>Who listens to which event.</summary>
    internal EventHub Events { get; }

    /// <summary>The appliance of this handle.</summary>
    internal LaunchSession Session { get; }

    /// <summary>How long a cancelled transfer may take to stop.</summary>
    internal TimeSpan CancellationTimeout { get; }

    /// <summary>Closes the handle.</summary>
    /// <param name="byCancellation">Whether its appliance was ended to stop a call: those after it are told so.</param>
    internal void Close(bool byCancellation)
    {
        if (Calls.BeginClosing(byCancellation))
        {
            EndWorker();
            Calls.CloseWhenIdle();
        }
    }

    private void OnClosed()
    {
        log?.Closed();
        Session.Dispose();
    }

    // Before the environment, which may say otherwise.
    private void UseBundle()
    {
        if (GuestfsBundle.Hypervisor is { } qemu)
        {
            SetBackend("direct");
            SetHv(qemu);
        }

        if (GuestfsBundle.Find(GuestfsBundle.Appliance) is { } appliance)
        {
            SetPath(appliance);
        }
    }

    private void ReadEnvironment()
    {
        try
        {
            ParseEnvironment();
        }
        catch (GuestfsException e)
        {
            throw new GuestfsException(
                "create",
                e.Errno,
                $"{e.Message}. This comes from an environment variable (LIBGUESTFS_*, TMPDIR, XDG_RUNTIME_DIR): "
                + "correct it, or set "
                + $"{ApiName.Option(nameof(GuestfsHandleOptions), nameof(GuestfsHandleOptions.IgnoreEnvironment))}.",
                e);
        }
    }
}

namespace Guestfs.Exports;

/// <summary>The last failure of a thread, in memory that C can read: what gfs_error_* tell.</summary>
internal sealed unsafe class LastError
{
    [ThreadStatic]
    private static LastError? current;

    private NativeArena? memory;
    private gfs_status status;

    /// <summary>That of this thread.</summary>
    internal static LastError Current => current ??= new LastError();

    /// <summary>The status of the last failure in this thread.</summary>
    internal static gfs_status Status => Current.status;

    internal byte* Message { get; private set; } = NativeString.Empty;

    internal byte* Operation { get; private set; } = NativeString.Empty;

    internal byte* Feature { get; private set; }

    internal byte* Remedy { get; private set; }

    internal byte** Console { get; private set; } = NativeString.EmptyList;

    internal int Errno { get; private set; }

    internal gfs_launch_failure LaunchFailure { get; private set; }

    internal int Problem { get; private set; }

    /// <summary>Replaces it.</summary>
    internal void Set(gfs_status newStatus, string operation, string message, Exception? failure)
    {
        status = newStatus;
        NativeArena arena = new();
        Message = arena.String(message);
        Operation = arena.String(operation);
        Errno = (failure as GuestfsException)?.Errno ?? 0;
        Feature = failure is GuestfsFeatureException feature ? arena.String(feature.Feature) : null;
        GuestfsLaunchException? launch = failure as GuestfsLaunchException;
        LaunchFailure = launch is null ? gfs_launch_failure.GFS_LAUNCH_OTHER : (gfs_launch_failure)launch.Failure;
        GuestfsApplianceDiedException? death = failure as GuestfsApplianceDiedException;
        Remedy = arena.OptionalString(launch?.Remedy ?? death?.Remedy ?? (failure as GuestfsDiskException)?.Remedy);
        Console = (launch?.Console ?? death?.Console) is { } console ? arena.StringList(console) : NativeString.EmptyList;
        Problem = failure switch
        {
            GuestfsExtractionException extraction => (int)extraction.Problem,
            GuestfsApplianceDiedException died => (int)died.Cause,
            BuilderException builder => (int)builder.Problem,
            GuestfsDiskException image => (int)image.Problem,
            GuestfsLaunchException { InnerException: BuilderException builder } => (int)builder.Problem,
            GuestfsLaunchException { InnerException: GuestfsDiskException image } => (int)image.Problem,
            _ => 0,
        };

        // The old texts only now: a message may be made of them.
        memory?.Dispose();
        memory = arena;
    }

    ~LastError() => memory?.Dispose();
}

using Guestfs.Interop;

namespace Guestfs;

/// <summary>The one place where a failed call becomes an exception.</summary>
// What only launching or adding a disk can tell about a failure is in LaunchDiagnosis and DiskImage: a trimmed program that does
// neither is without it.
internal static unsafe class CallFailure
{
    /// <summary>The exception for a call that returned its error value.</summary>
    /// <param name="owner">The handle.</param>
    /// <param name="handle">Its C handle.</param>
    /// <param name="operation">The C name of the function, without <c>guestfs_</c>.</param>
    /// <param name="state">The state that the function needs.</param>
    /// <param name="feature">The feature group that the function belongs to.</param>
    internal static GuestfsException Explain(GuestfsHandle owner, guestfs_h* handle, string operation, CallState state, string? feature)
    {
        GuestfsException failure = Find(owner.Session, handle, operation, state, feature);
        owner.Calls.TraceFailure(failure);
        return failure;
    }

    /// <summary>Where a handle is in its life.</summary>
    internal static GuestfsState ReadState(guestfs_h* handle) =>
        LibGuestfs.guestfs_is_ready(handle) == 1 ? GuestfsState.Ready
        : LibGuestfs.guestfs_is_launching(handle) == 1 ? GuestfsState.Launching
        : GuestfsState.Config;

    /// <summary>The exception for a function that the loaded library does not have.</summary>
    internal static GuestfsMissingFunctionException MissingFunction(string operation, string since, EntryPointNotFoundException inner) =>
        new(operation, since, GuestfsLibrary.LoadedFrom, inner);

    private static GuestfsException Find(LaunchSession session, guestfs_h* handle, string operation, CallState state, string? feature)
    {
        // First of all, and on this thread: the next call overwrites both.
        byte* text = LibGuestfs.guestfs_last_error(handle);
        int errno = LibGuestfs.guestfs_last_errno(handle);
        string message = text == null
            ? $"{operation} failed; libguestfs gave no reason."
            : session.WithRealHypervisor(ApiName.InMessage(NativeResult.ReadString(text)));

        if (session.TakeDeath(operation, errno, message) is { } death)
        {
            return death;
        }

        if (WrongState(session, handle, operation, state) is { } advice)
        {
            return new GuestfsStateException(operation, errno, $"{advice} (libguestfs: {message})", ReadState(handle));
        }

        if (errno == Libc.ENOTSUP && feature is not null && IsFeatureMissing(handle, feature))
        {
            return new GuestfsFeatureException(operation, errno, message, feature);
        }

        if (session.ExplainError(handle, errno, message) is { } explained)
        {
            return new GuestfsException(operation, errno, explained);
        }

        return new GuestfsException(operation, errno, ChildReaping.Explains(errno, message)
            ? $"{message} This process is PID 1, and the .NET runtime in it reaped libguestfs' child process. {ChildReaping.Remedy}"
            : message);
    }

    private static string? WrongState(LaunchSession session, guestfs_h* handle, string operation, CallState state) => state switch
    {
        CallState.Ready when LibGuestfs.guestfs_is_ready(handle) != 1 => session.HasLaunched
            ? $"{operation}: the appliance is not running any more: it was shut down, or it died. {ApiName.Again}."
            : $"{operation}: the appliance is not running yet. Call {ApiName.Function(nameof(GuestfsHandle.Launch))} first.",
        CallState.Config when LibGuestfs.guestfs_is_config(handle) != 1 =>
            $"{operation}: this must be done before {ApiName.Function(nameof(GuestfsHandle.Launch))}.",
        _ => null,
    };

    // ENOTSUP also comes from filesystems, so the appliance is asked.
    private static bool IsFeatureMissing(guestfs_h* handle, string feature)
    {
        Span<byte> name = stackalloc byte[64];
        int length = LosslessUtf8.GetBytes(feature, name);
        name[length] = 0;
        fixed (byte* first = name)
        {
            byte** groups = stackalloc byte*[2] { first, null };
            return LibGuestfs.guestfs_feature_available(handle, groups) == 0;
        }
    }
}

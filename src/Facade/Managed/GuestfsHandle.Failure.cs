// The one place where a failed call becomes an exception.
using Guestfs.Interop;

namespace Guestfs;

public sealed unsafe partial class GuestfsHandle
{
    private const int Enoent = 2;
    private const int Eacces = 13;
    private const int Enotsup = 95;

    /// <summary>The exception for a call that returned its error value.</summary>
    /// <param name="handle">The C handle.</param>
    /// <param name="operation">The C name of the function, without <c>guestfs_</c>.</param>
    /// <param name="state">The state that the function needs.</param>
    /// <param name="feature">The feature group that the function belongs to.</param>
    internal Exception Failure(guestfs_h* handle, string operation, CallState state, string? feature)
    {
        // First of all, and on this thread: the next call overwrites both.
        byte* text = LibGuestfs.guestfs_last_error(handle);
        int errno = LibGuestfs.guestfs_last_errno(handle);
        string message = text == null ? $"{operation} failed; libguestfs gave no reason." : NativeResult.ReadString(text);

        if (operation == "launch")
        {
            return LaunchFailure(handle, errno, message);
        }

        if (WrongState(handle, operation, state) is { } advice)
        {
            return new GuestfsStateException(operation, errno, $"{advice} (libguestfs: {message})", ReadState(handle));
        }

        if (errno == Enotsup && feature is not null && IsFeatureMissing(handle, feature))
        {
            return new GuestfsFeatureException(operation, errno, message, feature);
        }

        if (operation.StartsWith("add_drive", StringComparison.Ordinal) || operation == "add_cdrom")
        {
            return errno switch
            {
                Enoent => new GuestfsDiskException(operation, errno, $"{message}. Check the name of the disk image: relative names start at the current directory, {Environment.CurrentDirectory}."),
                Eacces => new GuestfsDiskException(operation, errno, $"{message}. The user of this process ({Environment.UserName}) must be able to read the image, and to write it unless it is added read-only."),
                _ => new GuestfsException(operation, errno, message),
            };
        }

        return new GuestfsException(operation, errno, message);
    }

    private string? WrongState(guestfs_h* handle, string operation, CallState state) => state switch
    {
        CallState.Ready when LibGuestfs.guestfs_is_ready(handle) != 1 => hasLaunched
            ? $"{operation}: the appliance is not running any more: it was shut down, or it died. Create a new handle."
            : $"{operation}: the appliance is not running yet. Call {nameof(Launch)} first.",
        CallState.Config when LibGuestfs.guestfs_is_config(handle) != 1 =>
            $"{operation}: this must be done before {nameof(Launch)}.",
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

    private GuestfsException LaunchFailure(guestfs_h* handle, int errno, string message)
    {
        if (hasLaunched)
        {
            return new GuestfsStateException("launch", errno, $"launch: this handle has been launched before. Create a new handle. (libguestfs: {message})", ReadState(handle));
        }

        (LaunchFailure failure, string? advice) = LaunchDiagnosis.Explain(
            ReadOwned(LibGuestfs.guestfs_get_hv(handle)),
            ReadShared(LibGuestfs.guestfs_get_path(handle)),
            ReadOwned(LibGuestfs.guestfs_get_backend(handle)),
            IsEmulated(handle));
        return new GuestfsLaunchException(errno, advice is null ? message : $"{message}\n{advice}", failure);

        static string ReadOwned(byte* text) => text == null ? "" : NativeResult.TakeString(text);
        static string ReadShared(byte* text) => text == null ? "" : NativeResult.ReadString(text);
    }

    private static bool IsEmulated(guestfs_h* handle)
    {
        fixed (byte* name = "force_tcg\0"u8)
        {
            byte* value = LibGuestfs.guestfs_get_backend_setting(handle, name);
            return value != null && NativeResult.TakeString(value) == "1";
        }
    }

    /// <summary>The exception for a function that the loaded library does not have.</summary>
    internal static GuestfsMissingFunctionException MissingFunction(string operation, string since, EntryPointNotFoundException inner) =>
        new(operation, since, GuestfsLibrary.LoadedFrom, inner);
}

using Guestfs.Interop;

namespace Guestfs.Exports;

/// <summary>Remembers why a call failed, for gfs_error_*, and names its status. Nothing here throws.</summary>
internal static class CallError
{
    internal static gfs_status FromException(string operation, Exception failure) =>
        Set(StatusOf(failure), operation, Text(operation, failure), failure);

    internal static gfs_status NullArgument(string operation, string argument) =>
        InvalidArgument(operation, $"{operation}: {argument} must not be NULL.");

    internal static gfs_status InvalidArgument(string operation, string message) =>
        Set(gfs_status.GFS_ERR_ARGUMENT, operation, message, null);

    /// <summary>A value that is no handle.</summary>
    internal static gfs_status InvalidHandle(string operation) =>
        Set(
            gfs_status.GFS_ERR_HANDLE, operation,
            $"{operation}: this is not a handle: it was freed, or never was one. Make one with gfs_handle_new.", null);

    /// <summary>A function that the loaded library does not have.</summary>
    internal static gfs_status MissingFunction(string operation, string since) =>
        FromException(operation, CallFailure.MissingFunction(operation, since, new EntryPointNotFoundException()));

    /// <summary>An options structure of a size that cannot be.</summary>
    internal static gfs_status InvalidOptionsSize(string operation, nuint size, nuint known) => InvalidArgument(
        operation,
        size < (nuint)nuint.Size
            ? $"{operation}: the options structure does not begin with its size. Initialise it with its INIT macro."
            : $"{operation}: the options structure has {size} bytes, of which this version of libguestfs-facade knows {known}: the "
                + "program was compiled with the header of a newer one, or the structure was not initialised with its INIT macro.");

    internal static gfs_status WithStatus(gfs_status status, string operation, string message) => Set(status, operation, message, null);

    private static gfs_status StatusOf(Exception failure) => failure switch
    {
        GuestfsLaunchException => gfs_status.GFS_ERR_LAUNCH,
        GuestfsStateException => gfs_status.GFS_ERR_STATE,
        GuestfsMissingFunctionException => gfs_status.GFS_ERR_MISSING_FUNCTION,
        GuestfsFeatureException => gfs_status.GFS_ERR_FEATURE,
        GuestfsApplianceDiedException => gfs_status.GFS_ERR_APPLIANCE_DIED,
        GuestfsExtractionException => gfs_status.GFS_ERR_EXTRACTION,
        GuestfsDiskException => gfs_status.GFS_ERR_DISK,
        GuestfsException => gfs_status.GFS_ERR_FAILED,
        BuilderException => gfs_status.GFS_ERR_APPLIANCE,
        OperationCanceledException => gfs_status.GFS_ERR_CANCELLED,
        ObjectDisposedException => gfs_status.GFS_ERR_HANDLE,
        DllNotFoundException or BadImageFormatException => gfs_status.GFS_ERR_LIBRARY,
        ArgumentException => gfs_status.GFS_ERR_ARGUMENT,
        InvalidOperationException => gfs_status.GFS_ERR_STATE,
        OutOfMemoryException => gfs_status.GFS_ERR_NO_MEMORY,
        _ => gfs_status.GFS_ERR_INTERNAL,
    };

    private static string Text(string operation, Exception failure)
    {
        string message = StatusOf(failure) == gfs_status.GFS_ERR_INTERNAL ? failure.ToString() : failure.Message;
        return message.StartsWith(operation, StringComparison.Ordinal) ? message : $"{operation}: {message}";
    }

    private static gfs_status Set(gfs_status status, string operation, string message, Exception? failure)
    {
        try
        {
            LastError.Current.Set(status, operation, PrintableText.Of(message), failure);
            return status;
        }
        catch (OutOfMemoryException)
        {
            return gfs_status.GFS_ERR_NO_MEMORY;
        }
    }
}

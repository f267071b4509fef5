// Tells a full disk from other failures to write.
namespace Guestfs.Appliances;

/// <summary>Errors of .NET's file functions as ours.</summary>
internal static class OutputErrors
{
    /// <summary>The exception for a file that could not be written.</summary>
    internal static ApplianceException Translate(string path, Exception exception) =>
        // On Unix the HResult of an IOException is the error number.
        exception is IOException && exception.HResult is Posix.NoSpace or Posix.QuotaExceeded
            ? new ApplianceException(ApplianceProblem.NoSpace, $"There is no space left for {path}. Free some, or choose another place.", exception)
            : new ApplianceException(ApplianceProblem.OutputFailed, $"{path} cannot be written: {exception.Message}", exception);
}

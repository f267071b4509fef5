namespace Guestfs.Appliances;

/// <summary>Turns what the file APIs throw when writing into <see cref="ApplianceException"/>.</summary>
internal static class OutputFault
{
    /// <summary>The exception for a file that cannot be written.</summary>
    internal static ApplianceException From(string path, Exception cause) => cause.HResult is Posix.NoSpace or Posix.QuotaExceeded
        ? new(ApplianceProblem.NoSpace, $"There is no space left for {path}. Free some, or choose another place.", cause)
        : new(ApplianceProblem.OutputFailed, $"{path} cannot be written: {cause.Message}", cause);

    /// <summary>Does something with a file that is written.</summary>
    internal static T Guard<T>(string path, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw From(path, e);
        }
    }
}

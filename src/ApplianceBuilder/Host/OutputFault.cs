namespace Guestfs.Appliances.Host;

/// <summary>Turns what the file APIs throw when writing into <see cref="ApplianceException"/>.</summary>
internal static class OutputFault
{
    /// <summary>The exception for a file that cannot be written.</summary>
    internal static ApplianceException From(string path, Exception cause) => cause switch
    {
        { HResult: Libc.ENOSPC or Libc.EDQUOT } =>
            new(ApplianceProblem.NoSpace, $"There is no space left for {path}. Free some, or choose another place.", cause),
        ArgumentOutOfRangeException => new(
            ApplianceProblem.OutputFailed, $"{path} becomes larger than the limit of this process (ulimit -f) or of the filesystem. "
                + "Raise the limit, or choose another place.", cause),
        _ => new(ApplianceProblem.OutputFailed, $"{path} cannot be written: {cause.Message}", cause),
    };

    /// <summary>Whether an exception is what the file APIs throw when they write. For EFBIG they found one of their own.</summary>
    internal static bool Is(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException { ParamName: "value" };

    /// <summary>Does something with a file that is written.</summary>
    internal static T Guard<T>(string path, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (Is(e))
        {
            throw From(path, e);
        }
    }
}

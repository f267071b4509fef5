namespace Guestfs.Appliances.Host;

/// <summary>Makes the cache's directory, and tells what in it is old.</summary>
internal static class CacheDirectory
{
    /// <summary>The time before which something was last used that has lain unused for too long.</summary>
    internal static DateTime OldestKept(TimeProvider clock, TimeSpan unusedFor)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(unusedFor, TimeSpan.Zero);
        DateTime now = clock.GetUtcNow().UtcDateTime;
        return now - DateTime.UnixEpoch > unusedFor ? now - unusedFor : DateTime.UnixEpoch;
    }

    /// <summary>Makes sure that a directory exists, is a directory of this user, and is closed to all others.</summary>
    /// <exception cref="ApplianceException">It is not so.</exception>
    internal static void Ensure(string path)
    {
        string? fault;
        try
        {
            fault = PrivateDirectory.Ensure(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw OutputFault.From(path, exception);
        }

        if (fault is not null)
        {
            throw new ApplianceException(
                ApplianceProblem.OutputFailed,
                $"{path} cannot be used as a cache of appliances: {fault}. Remove it, or choose another directory.");
        }
    }
}

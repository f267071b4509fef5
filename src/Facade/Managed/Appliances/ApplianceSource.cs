namespace Guestfs;

/// <summary>
/// Where the appliance of a handle comes from. The package <c>Guestfs.Appliances</c> has sources that build appliances or check
/// them; derive from this class for one of your own.
/// </summary>
public abstract class ApplianceSource
{
    /// <summary>
    /// libguestfs' own search, guestfs_get_path(3): <c>LIBGUESTFS_PATH</c> or the directories it was installed with, where
    /// it usually runs supermin.
    /// </summary>
    public static ApplianceSource Default { get; } = new UpstreamSource();

    /// <summary>A fixed appliance in a directory. Its files are booted as they are.</summary>
    /// <param name="directory">The directory with <c>README.fixed</c>, <c>kernel</c>, <c>initrd</c> and <c>root</c>.</param>
    public static ApplianceSource InDirectory(string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        return new DirectorySource(Path.GetFullPath(directory));
    }

    /// <summary>Makes the appliance ready. Called at the beginning of each launch, in the thread that launches.</summary>
    /// <param name="cancellationToken">Cancelled when the launch is.</param>
    /// <returns>The appliance, disposed of when it has been launched; null leaves the choice to libguestfs.</returns>
    /// <remarks>
    /// What it throws ends the launch: as the inner exception of a <see cref="GuestfsLaunchException"/> with
    /// <see cref="LaunchFailure.ApplianceUnavailable"/>, unless it is an <see cref="OperationCanceledException"/>.
    /// </remarks>
    public abstract ApplianceLease? Acquire(CancellationToken cancellationToken);

    private sealed class UpstreamSource : ApplianceSource
    {
        public override ApplianceLease? Acquire(CancellationToken cancellationToken) => null;
    }

    private sealed class DirectorySource(string directory) : ApplianceSource
    {
        public override ApplianceLease? Acquire(CancellationToken cancellationToken) => new(directory);
    }
}

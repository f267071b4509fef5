namespace Guestfs;

/// <summary>An appliance that is ready to be launched, and stays where it is until this is disposed of.</summary>
public sealed class ApplianceLease : IDisposable
{
    private readonly IDisposable? held;

    /// <summary>Creates the lease.</summary>
    /// <param name="directory">The directory of the fixed appliance, for guestfs_set_path(3).</param>
    /// <param name="held">What keeps the appliance there; disposed of with the lease. Null where nothing is needed.</param>
    public ApplianceLease(string directory, IDisposable? held = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        Directory = directory;
        this.held = held;
    }

    /// <summary>The directory of the appliance.</summary>
    public string Directory { get; }

    /// <summary>
    /// Where an appliance comes from that takes the place of this one if this one does not boot; null if there is none. With one,
    /// the appliance is booted once before it is first used with a qemu. The outcome is kept in files beside its directory, whose
    /// names begin with the directory's and <c>.boot-</c>; the source that owns the directory removes them together with it.
    /// </summary>
    public ApplianceSource? Fallback { get; init; }

    /// <summary>
    /// Whether a machine that has booted this appliance may be saved beside it, to be resumed by later launches: in directories and files
    /// whose names begin with the directory's and <c>.state-</c>, which the source that owns the directory removes together with it. The
    /// directory that they are in must be private to this user. Only appliances of the builder's profile "fast" can be saved.
    /// </summary>
    public bool MayBeSaved { get; init; }

    /// <inheritdoc/>
    public void Dispose() => held?.Dispose();
}

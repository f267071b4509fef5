using Guestfs.Interop;

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

    /// <summary>
    /// What the names of saved machines begin with in place of the appliance's directory, which may be read-only: a full path, whose
    /// directory is private to this user. Null for the appliance's.
    /// </summary>
    public string? SavedBeside { get; init; }

    /// <summary>The appliance of a bundle: saved machines are in this user's cache, under the name of just this bundle.</summary>
    /// <param name="bundle">The bundle's directory.</param>
    /// <param name="cache">The cache's directory; null for the user's.</param>
    internal static ApplianceLease OfBundle(string bundle, string? cache)
    {
        string appliance = bundle + "/appliance";
        string? machines = SavedMachines.OfBundle(appliance, cache);
        return new ApplianceLease(appliance)
        {
            // As the builder makes them: the profile "fast" for this processor alone.
            MayBeSaved = machines is not null && GuestfsBundle.Processor == "x86_64",
            SavedBeside = machines,
        };
    }

    /// <inheritdoc/>
    public void Dispose() => held?.Dispose();
}

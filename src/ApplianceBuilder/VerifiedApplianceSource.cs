namespace Guestfs.Appliances;

/// <summary>
/// The appliance that a builder of this library put into a directory. Its digests are compared with its manifest at each launch,
/// which takes a fraction of a second.
/// </summary>
/// <param name="directory">The directory.</param>
public sealed class VerifiedApplianceSource(string directory) : ApplianceSource
{
    /// <inheritdoc/>
    /// <exception cref="ApplianceException">It is not what its manifest says, or has none.</exception>
    public override ApplianceLease Acquire(CancellationToken cancellationToken)
    {
        Appliance appliance = Appliance.Open(directory);
        appliance.Verify(cancellationToken: cancellationToken);
        return new ApplianceLease(appliance.Directory, appliance);
    }
}

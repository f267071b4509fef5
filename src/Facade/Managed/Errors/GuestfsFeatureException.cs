namespace Guestfs;

/// <summary>The appliance lacks what the function needs, for example the programs of a filesystem.</summary>
public sealed class GuestfsFeatureException(string operation, int errno, string message, string feature)
    : GuestfsException(
        operation,
        errno,
        $"{message}. The appliance lacks the feature group '{feature}': install your distribution's package for it on the machine that "
        + $"builds the appliance (libguestfs-{feature} or the programs themselves), and ask "
        + $"{ApiName.Function(nameof(GuestfsHandle.FeatureAvailable))} beforehand.")
{
    /// <summary>The feature group, as in guestfs(3) under AVAILABILITY.</summary>
    public string Feature { get; } = feature;
}

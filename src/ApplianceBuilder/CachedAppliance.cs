namespace Guestfs.Appliances;

/// <summary>An appliance in a cache.</summary>
/// <param name="Directory">Its directory.</param>
/// <param name="Manifest">What it was made of.</param>
/// <param name="LastUsed">When a launch last used it.</param>
/// <param name="HasState">Whether a machine was saved that has booted it.</param>
public sealed record CachedAppliance(string Directory, ApplianceManifest Manifest, DateTimeOffset LastUsed, bool HasState);

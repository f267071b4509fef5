namespace Guestfs;

/// <summary>What <see cref="GuestfsHandle.Inspect"/> may do. What is not set has the default.</summary>
public readonly struct InspectOptions
{
    /// <summary>Keys for encrypted devices, tried in this order. Default none: such devices stay closed, and are told.</summary>
    public IReadOnlyList<GuestKey>? Keys { get; init; }

    /// <summary>Snapshots are looked into and described like systems, too;
    /// <see cref="GuestOperatingSystem.Snapshots"/> tells which they are. Default false.</summary>
    public bool IncludeSnapshots { get; init; }
}

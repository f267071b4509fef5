using System.Collections;
using System.Text.Json.Serialization;

namespace Guestfs;

/// <summary>What <see cref="GuestfsHandle.Inspect"/> found: a list of the operating systems, and what is to be told of the disks
/// themselves.</summary>
[JsonConverter(typeof(GuestInspectionConverter))]
public sealed class GuestInspection : IReadOnlyList<GuestOperatingSystem>
{
    private readonly IReadOnlyList<GuestOperatingSystem> systems;

    internal GuestInspection(
        IReadOnlyList<GuestOperatingSystem> systems,
        IReadOnlyList<GuestEncryptedDevice> encryptedDevices,
        IReadOnlyList<GuestfsException> problems)
    {
        this.systems = systems;
        EncryptedDevices = encryptedDevices;
        Problems = problems;
    }

    /// <summary>The encrypted disks, partitions and volumes, those that are open and those that are not.</summary>
    public IReadOnlyList<GuestEncryptedDevice> EncryptedDevices { get; }

    /// <summary>What could not be looked into, and why: mostly a <see cref="GuestDeviceException"/>, as for an encrypted device that
    /// no key was given for. What a system's own files have wrong is in <see cref="GuestOperatingSystem.Problems"/>.</summary>
    public IReadOnlyList<GuestfsException> Problems { get; }

    /// <summary>How many systems there are.</summary>
    public int Count => systems.Count;

    /// <summary>One of the systems.</summary>
    /// <param name="index">Which, from 0 on.</param>
    public GuestOperatingSystem this[int index] => systems[index];

    /// <inheritdoc/>
    public IEnumerator<GuestOperatingSystem> GetEnumerator() => systems.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

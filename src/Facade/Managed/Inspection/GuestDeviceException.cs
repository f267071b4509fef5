namespace Guestfs;

/// <summary>A disk, partition or volume that inspection could not make use of. One of the <see cref="GuestInspection.Problems"/>, never
/// thrown: the others are looked into nevertheless.</summary>
public sealed class GuestDeviceException : GuestfsException
{
    internal GuestDeviceException(string device, string what, GuestfsException? cause = null)
        : base("inspect", cause?.Errno ?? 0, $"{device} {what}", cause) => Device = device;

    /// <summary>The device, such as <c>/dev/sda2</c> or <c>/dev/vg/root</c>.</summary>
    public string Device { get; }
}

namespace Guestfs;

/// <summary>A filesystem of the guest that could not be mounted.</summary>
/// <param name="Mountpoint">What should have been mounted where.</param>
/// <param name="Exception">Why it was not.</param>
/// <param name="Remedy">What can be done about it.</param>
public sealed record GuestMountFailure(GuestMountpoint Mountpoint, GuestfsException Exception, string Remedy);

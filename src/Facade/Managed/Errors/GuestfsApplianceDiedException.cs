namespace Guestfs;

/// <summary>
/// The appliance ended while this call needed it: qemu was killed, or its kernel or daemon crashed. The handle can only be
/// disposed; later calls throw <see cref="GuestfsStateException"/>.
/// </summary>
public sealed class GuestfsApplianceDiedException(string operation, int errno, string message)
    : GuestfsException(operation, errno, message);

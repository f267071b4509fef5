namespace Guestfs;

/// <summary>An encrypted disk, partition or volume.</summary>
/// <param name="Device">The device, such as <c>/dev/sda2</c>.</param>
/// <param name="Type"><c>crypto_LUKS</c> or <c>BitLocker</c>.</param>
/// <param name="Uuid">Its UUID, by which keys and <c>/etc/crypttab</c> may name it; for BitLocker the volume's GUID, and null for
/// a volume that Windows Vista made.</param>
/// <param name="Mapping">The device with the clear data, such as <c>/dev/mapper/luks-UUID</c>; null while it is not open. One that was
/// opened by another name than that before is not recognised.</param>
public sealed record GuestEncryptedDevice(string Device, string Type, string? Uuid, string? Mapping);

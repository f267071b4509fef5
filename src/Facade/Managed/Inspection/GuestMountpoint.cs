namespace Guestfs;

/// <summary>A filesystem and where the guest mounts it.</summary>
/// <param name="Path">The directory in the guest, such as <c>/boot</c>.</param>
/// <param name="Mountable">The device or btrfs subvolume, as <see cref="GuestfsHandle.Mount"/> takes it.</param>
/// <param name="FilesystemType">For example <c>ext4</c>, <c>xfs</c> or <c>ntfs</c>: guestfs_vfs_type(3). Null where there is no such
/// device, or nothing known on it.</param>
public sealed record GuestMountpoint(string Path, string Mountable, string? FilesystemType);

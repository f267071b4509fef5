namespace Guestfs;

/// <summary>A disk image is missing, is a directory, or may not be read.</summary>
public sealed class GuestfsDiskException(string operation, int errno, string message)
    : GuestfsException(operation, errno, message);

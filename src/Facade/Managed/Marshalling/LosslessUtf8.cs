namespace Guestfs;

public static partial class LosslessUtf8;

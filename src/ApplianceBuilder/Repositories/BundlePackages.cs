namespace Guestfs.Appliances.Repositories;

/// <summary>The packages that have what a bundle needs.</summary>
internal static class BundlePackages
{
    // What distributions call them; what is not there is left out, and what is missing then is told.
    private static readonly string[] Names =
    [
        "libguestfs0t64", "libguestfs0", "libguestfs", "qemu-utils", "qemu-img", "qemu-block-extra", "tar", "coreutils", "qemu-kvm-core",
        "qemu-base",
    ];

    private static readonly string[] OfX64 = ["qemu-system-x86", "qemu-system-x86-core"];

    private static readonly string[] OfArm64 = ["qemu-system-arm", "qemu-system-aarch64-core"];

    /// <summary>Their names.</summary>
    /// <param name="isArm64">Whether they are for aarch64, not for x86_64.</param>
    internal static string[] For(bool isArm64) => [.. Names, .. isArm64 ? OfArm64 : OfX64];
}

namespace Guestfs.Appliances.Debian;

/// <summary>The names that Debian and Ubuntu give to packages of kernels.</summary>
internal static class DebianKernels
{
    // Debian's kernels from 7 on are in four packages.
    private static readonly string[] Names = ["linux-image-", "linux-modules-", "linux-binary-", "linux-base-"];

    /// <summary>Whether a package is a kernel or a part of one. What these need besides each other serves an installation on a real
    /// machine.</summary>
    internal static bool IsPart(string package) => Array.Exists(Names, part => package.StartsWith(part, StringComparison.Ordinal));
}

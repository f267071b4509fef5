using System.Runtime.InteropServices;

namespace Guestfs.Appliances;

/// <summary>Which kernel to use. What is null is looked for.</summary>
public sealed record KernelOptions
{
    /// <summary>The machine's processor, as <c>uname -m</c> has it: <c>x86_64</c> or <c>aarch64</c>. This machine's, unless set.</summary>
    public string Cpu { get; init; } = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "aarch64" : "x86_64";

    /// <summary>The kernel's file (<c>SUPERMIN_KERNEL</c>).</summary>
    public string? ImagePath { get; init; }

    /// <summary>The version of the kernel at <see cref="ImagePath"/> (<c>SUPERMIN_KERNEL_VERSION</c>), if its file does not say.</summary>
    public string? Version { get; init; }

    /// <summary>
    /// The directory with the modules (<c>SUPERMIN_MODULES</c>) of the kernel at <see cref="ImagePath"/> or in <c>/boot</c>,
    /// if that is not the one named after the kernel's version.
    /// </summary>
    public string? ModulesDirectory { get; init; }
}

// One disk of a running appliance, as both sides see it.
namespace Guestfs.IntegrationTests.Support;

/// <summary>A disk: its device in the appliance and its raw image on the host.</summary>
/// <param name="Device">The device, such as /dev/sda.</param>
/// <param name="KernelDevice">What the appliance's kernel calls it:
/// libguestfs numbers disks as they were added, the kernel as it finds them.</param>
/// <param name="Image">The image file.</param>
/// <param name="Size">Its size in bytes.</param>
public sealed record ScratchDisk(string Device, string KernelDevice, string Image, long Size);

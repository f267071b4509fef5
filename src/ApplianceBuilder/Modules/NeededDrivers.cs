using Guestfs.Appliances.Kernel;

namespace Guestfs.Appliances.Modules;

/// <summary>
/// The drivers without which no appliance comes up, wherever they are. Kernels differ in that: what is a module in one is a part
/// of another, and some are gone because others do their work, as ext4 does that of ext2.
/// </summary>
internal static class NeededDrivers
{
    private static readonly (string Purpose, string[] AnyOf)[] All =
    [
        ("the appliance's root filesystem", ["ext4", "ext2"]),
        ("disks", ["sd_mod"]),
        ("virtual machines' disk adapters", ["virtio_scsi", "virtio_blk"]),
        ("virtual machines' devices", ["virtio_pci", "virtio_mmio"]),
        ("the connection to libguestfs", ["virtio_console"]),
    ];

    /// <summary>What a kernel lacks, in sentences; nothing if that cannot be known.</summary>
    /// <exception cref="ApplianceException">A list of modules is missing or damaged.</exception>
    internal static IEnumerable<string> Lacks(IKernelSource source, KernelChoice kernel, CancellationToken cancellationToken)
    {
        HashSet<string> there = [.. BuiltinModules.IndexNames(source, kernel.ModulesDirectory).Select(entry => entry.Key)];
        if (there.Count == 0)
        {
            // A kernel without that list does not tell what is in it.
            return [];
        }

        there.UnionWith(ModuleDependencies.Read(source, kernel.ModulesDirectory, cancellationToken).Modules.Select(ModuleNames.OfFile));
        return All.Where(driver => !driver.AnyOf.Any(there.Contains)).Select(driver =>
            $"The kernel {kernel.ImagePath} has no driver for {driver.Purpose} ({string.Join(" or ", driver.AnyOf)}), neither as a module "
            + $"in {kernel.ModulesDirectory} nor built in: an appliance with it will not come up. Choose another kernel (--kernel).");
    }
}

using Guestfs.Appliances.Kernel;

namespace Guestfs.Appliances.Modules;

/// <summary>From a kernel to the modules of its initrd.</summary>
internal static class KernelModules
{
    /// <summary>The modules that the appliance needs to find its root filesystem, in the order in which they are loaded.</summary>
    /// <exception cref="ApplianceException">A list of modules is missing or damaged, or a module is missing.</exception>
    internal static IReadOnlyList<KernelModule> Select(IKernelSource source, KernelChoice kernel, CancellationToken cancellationToken)
    {
        ModuleDependencies dependencies = ModuleDependencies.Read(source, kernel.ModulesDirectory, cancellationToken);
        return [.. dependencies.InLoadOrder(cancellationToken)
            .Select(path => new KernelModule(path, source.Find(path) ?? throw Missing(path, kernel)))];
    }

    private static ApplianceException Missing(string path, KernelChoice kernel) =>
        new(ApplianceProblem.InvalidInput, $"{path} is missing, though {kernel.ModulesDirectory}/{ModuleLists.Dependencies} names it. "
            + $"Run 'depmod {kernel.Version}', or install the kernel package again.");
}

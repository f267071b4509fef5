// What the init of the fast profile reads in the initrd, beside the list of all modules that both inits have.
using Guestfs.Appliances.Kernel;
using Guestfs.Appliances.Plan;

namespace Guestfs.Appliances.Fast;

/// <summary>Makes the lists of the fast profile's initrd.</summary>
internal static class FastLists
{
    private const string DriversName = "drivers", TreeName = "tree";

    /// <summary>Names and texts of the lists.</summary>
    /// <param name="files">The root filesystem.</param>
    /// <param name="kernels">Where the kernel is read from.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="log">Takes a line for each decision.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ApplianceException">A list of modules is missing or damaged.</exception>
    internal static IReadOnlyList<KeyValuePair<string, string>> Create(
        FilePlan files, IKernelSource kernels, KernelChoice kernel, Action<string>? log, CancellationToken cancellationToken) =>
    [
        new(DriversName, DriverList.Create(kernels, kernel, cancellationToken)),
        new(TreeName, TmpfilesList.Create(files, kernels, kernel, log)),
    ];
}

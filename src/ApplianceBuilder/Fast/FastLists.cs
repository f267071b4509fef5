// What the init of the fast profile reads in the initrd, beside the list of all modules that both inits have.
namespace Guestfs.Appliances;

/// <summary>Makes the lists of the fast profile's initrd.</summary>
internal static class FastLists
{
    private const string DriversName = "drivers", TreeName = "tree";

    /// <summary>Names and texts of the lists.</summary>
    /// <param name="plan">The appliance.</param>
    /// <param name="kernel">Its kernel.</param>
    /// <param name="log">Takes a line for each decision.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="ApplianceException">A list of modules is missing or damaged.</exception>
    internal static IReadOnlyList<KeyValuePair<string, string>> Create(RootPlan plan, KernelChoice kernel, Action<string>? log, CancellationToken cancellation) =>
    [
        new(DriversName, DriverList.Create(plan.Kernels, kernel, cancellation)),
        new(TreeName, SessionTree.Create(plan, kernel, log)),
    ];
}

namespace Guestfs.Appliances.Kernel;

/// <summary>Names of the lists in a kernel's directory of modules.</summary>
internal static class ModuleLists
{
    /// <summary>What each module needs; depmod makes it when a kernel is installed.</summary>
    internal const string Dependencies = "modules.dep";

    /// <summary>All modules; it comes with them.</summary>
    internal const string Order = "modules.order";
}

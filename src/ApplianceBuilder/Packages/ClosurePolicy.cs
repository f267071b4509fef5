namespace Guestfs.Appliances.Packages;

/// <summary>How dependencies are followed.</summary>
internal enum ClosurePolicy
{
    /// <summary>
    /// As supermin does, for the same packages in the appliance: dpkg's first alternative only, neither provided names
    /// nor versions nor qualified names; rpm's rich dependencies left out and versions not compared.
    /// </summary>
    Supermin,

    /// <summary>By the package system's own rules: alternatives, provided names, versions, architectures, rich dependencies.</summary>
    Complete,
}

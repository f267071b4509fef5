namespace Guestfs.Appliances.Debian;

/// <summary>Debian's Multi-Arch field: what a package is to packages of other architectures.</summary>
internal enum MultiArch
{
    /// <summary>Nothing.</summary>
    No,

    /// <summary>It can be installed for several architectures at a time.</summary>
    Same,

    /// <summary>It serves packages of every architecture.</summary>
    Foreign,

    /// <summary>It serves those that ask for <c>:any</c>.</summary>
    Allowed,
}

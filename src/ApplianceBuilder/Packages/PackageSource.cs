namespace Guestfs.Appliances;

/// <summary>Where the files of packages come from.</summary>
public abstract record PackageSource
{
    private protected PackageSource()
    {
    }
}

/// <summary>The installed packages of this machine, or of a system in a directory: dpkg, rpm or pacman.</summary>
/// <param name="Root">The system's root directory.</param>
public sealed record HostPackageSource(string Root = "/") : PackageSource;

using Guestfs.Appliances;
using Guestfs.Appliances.Build;

namespace Guestfs.Cli.Supermin;

/// <summary>The answer to --list-drivers.</summary>
internal static class SuperminDrivers
{
    /// <summary>A line for each kind of package database: its name and whether this system has it.</summary>
    internal static string List()
    {
        string? found = HostPackages.Detect("/", CancellationToken.None)?.Kind;
        return string.Concat(new[] { ("arch/pacman", "pacman"), ("debian/dpkg", "dpkg"), ("fedora/rpm", "rpm") }
            .Select(driver => $"{driver.Item1}\t{(driver.Item2 == found ? "detected" : "not-detected")}\n"));
    }
}

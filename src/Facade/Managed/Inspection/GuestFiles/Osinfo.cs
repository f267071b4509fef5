namespace Guestfs;

/// <summary>Short identifiers of the libosinfo database, as guestfs_inspect_get_osinfo(3) guesses them.</summary>
internal static class Osinfo
{
    internal static string? OfLinux(string? distro, GuestVersion version)
    {
        (int major, int minor) = version;
        return distro switch
        {
            "centos" when major is 7 => "centos7.0",
            "centos" when major is 6 => $"centos6.{minor}",
            "centos" or "circle" or "rocky" when major >= 8 => $"{distro}{major}",
            "debian" when major >= 4 => $"debian{major}",
            "fedora" or "mageia" => $"{distro}{major}",
            "sles" => $"{(major >= 15 ? "sle" : "sles")}{major}{(minor == 0 ? "" : $"sp{minor}")}",
            "ubuntu" => $"ubuntu{major}.{minor:00}",
            "archlinux" or "gentoo" or "voidlinux" => distro,
            "altlinux" when major >= 8 => $"alt{major}.{minor}",
            not null when major > 0 || minor > 0 => $"{distro}{major}.{minor}",
            _ => null,
        };
    }

    internal static string? OfWindows(GuestVersion version, string product, string variant, string? build)
    {
        bool server = variant.Contains("Server", StringComparison.Ordinal);
        return (version.Major, version.Minor) switch
        {
            (5, 1) => "winxp",
            (5, 2) => Is("XP") ? "winxp" : Is("R2") ? "win2k3r2" : "win2k3",
            (6, 0) => server ? "win2k8" : "winvista",
            (6, 1) => server ? "win2k8r2" : "win7",
            (6, 2) => server ? "win2k12" : "win8",
            (6, 3) => server ? "win2k12r2" : "win8.1",
            (10, 0) when server => Is("2025") ? "win2k25" : Is("2022") ? "win2k22" : Is("2019") ? "win2k19" : "win2k16",
            (10, 0) => int.TryParse(build, out int number) && number >= 22000 ? "win11" : "win10",
            _ => null,
        };

        bool Is(string part) => product.Contains(part, StringComparison.Ordinal);
    }
}

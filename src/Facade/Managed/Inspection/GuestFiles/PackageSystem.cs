namespace Guestfs;

/// <summary>How a distribution packs and installs, in libguestfs' words.</summary>
internal static class PackageSystem
{
    internal static string? Format(string? distro) => distro switch
    {
        "altlinux" or "centos" or "circle" or "fedora" or "kylin" or "mageia" or "mandriva" or "meego" or "neokylin" or "opencloudos"
            or "tencentos" or "openeuler" or "openmandriva" or "opensuse" or "oraclelinux" or "redhat-based" or "rhel" or "rocky"
            or "scientificlinux" or "sles" or "suse-based" => "rpm",
        "debian" or "kalilinux" or "linuxmint" or "ubuntu" => "deb",
        "archlinux" => "pacman",
        "gentoo" => "ebuild",
        "pardus" => "pisi",
        "alpinelinux" => "apk",
        "voidlinux" => "xbps",
        _ => null,
    };

    /// <param name="distro">The distribution.</param>
    /// <param name="major">Its version; 0 if that is not known.</param>
    /// <param name="hasDnf">Whether dnf is installed.</param>
    internal static string? Manager(string? distro, int major, Func<bool> hasDnf) => distro switch
    {
        "meego" => "yum",
        "fedora" => major >= 22 && hasDnf() ? "dnf" : major >= 1 ? "yum" : null,
        "centos" or "circle" or "kylin" or "oraclelinux" or "redhat-based" or "rhel" or "rocky" or "scientificlinux" =>
            major switch { >= 8 => "dnf", >= 5 => "yum", >= 2 => "up2date", _ => null },
        "neokylin" or "openmandriva" or "opencloudos" or "tencentos" or "openeuler" => "dnf",
        "altlinux" or "debian" or "kalilinux" or "linuxmint" or "ubuntu" => "apt",
        "archlinux" => "pacman",
        "gentoo" => "portage",
        "pardus" => "pisi",
        "mageia" or "mandriva" => "urpmi",
        "opensuse" or "sles" or "suse-based" => "zypper",
        "alpinelinux" => "apk",
        "voidlinux" => "xbps",
        _ => null,
    };
}

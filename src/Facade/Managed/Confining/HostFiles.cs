using Guestfs.Interop;

namespace Guestfs;

/// <summary>What qemu needs of the host besides what a handle gives it. What is not there is left out.</summary>
internal static class HostFiles
{
    /// <summary>What qemu and its libraries are made of, and what they read when they start.</summary>
    internal static readonly string[] Read =
    [
        "/usr", "/lib", "/lib64", "/lib32", "/nix/store", "/gnu/store",
        "/etc/ld.so.cache", "/etc/ld.so.preload", "/etc/localtime", "/etc/ssl/openssl.cnf", "/etc/pki/tls/openssl.cnf",
        "/etc/crypto-policies", "/etc/gnutls", "/proc/sys", "/proc/cpuinfo", "/proc/meminfo", "/proc/filesystems", "/sys/devices",
        "/sys/dev/block", "/sys/kernel/mm", "/dev/urandom", "/dev/random",
    ];

    /// <summary>Devices that it opens to write.</summary>
    internal static readonly string[] Devices = [KvmTrial.Device, "/dev/null", "/dev/zero", "/dev/full"];

    /// <summary>What it takes to find a server and to trust it.</summary>
    internal static readonly string[] Network =
    [
        "/etc/resolv.conf", "/run/systemd/resolve", "/etc/hosts", "/etc/host.conf", "/etc/nsswitch.conf", "/etc/services", "/etc/gai.conf",
        "/etc/ssl/certs", "/etc/pki/tls/certs", "/etc/pki/ca-trust",
    ];

    private static readonly string[] Systems = ["/usr/", "/nix/store/", "/gnu/store/"];
    private static readonly string[] PartsBesidePrograms = ["lib", "lib64", "libexec", "share/qemu", "share/seabios"];
    private static readonly string[] PartsOfBuild = ["qemu-bundle", "pc-bios", "../pc-bios"];

    /// <summary>Whether a qemu has its files where the system has its programs, or in the bundle in use.</summary>
    internal static bool IsOfSystem(string qemu) => IsOfBundle(qemu) || Systems.Any(RealName(qemu).StartsWith);

    /// <summary>The loader that a qemu runs which does not name it: that of the bundle in use.</summary>
    internal static string? LoaderOf(string qemu) => IsOfBundle(qemu) ? GuestfsBundle.Find(GuestfsBundle.Loader) : null;

    /// <summary>Where a qemu that is not one of the system's looks for its files.</summary>
    internal static IEnumerable<string> Beside(string qemu)
    {
        if (IsOfBundle(qemu))
        {
            return [GuestfsBundle.Directory!];
        }

        if (IsOfSystem(qemu) || Path.GetDirectoryName(RealName(qemu)) is not { } directory)
        {
            return [];
        }

        IEnumerable<string> built = PartsOfBuild.Select(part => Path.Combine(directory, part));
        return Path.GetDirectoryName(directory) is { } prefix
            ? built.Concat(PartsBesidePrograms.Select(part => Path.Combine(prefix, part)))
            : built;
    }

    private static bool IsOfBundle(string qemu) => GuestfsBundle.Has(RealName(qemu));

    private static string RealName(string file) => RecordFile.Target(new FileInfo(file)).FullName;
}

// Which distribution a Linux system is, by the files and in the order that guestfs_inspect_os goes by, so that both say the same.
namespace Guestfs;

/// <summary>What the files of a system say of its distribution. A file that does not tell all leaves what it tells to the next.</summary>
internal sealed class LinuxDistribution(GuestFileReader files)
{
    private static readonly Dictionary<string, string> OfOsRelease = new(StringComparer.Ordinal)
    {
        ["alpine"] = "alpinelinux", ["altlinux"] = "altlinux", ["arch"] = "archlinux", ["centos"] = "centos", ["circle"] = "circle",
        ["coreos"] = "coreos", ["debian"] = "debian", ["fedora"] = "fedora", ["frugalware"] = "frugalware", ["gentoo"] = "gentoo",
        ["kali"] = "kalilinux", ["kylin"] = "kylin", ["mageia"] = "mageia", ["neokylin"] = "neokylin", ["openEuler"] = "openeuler",
        ["openmandriva"] = "openmandriva", ["opencloudos"] = "opencloudos", ["tencentos"] = "tencentos", ["opensuse"] = "opensuse",
        ["pardus"] = "pardus", ["pld"] = "pldlinux", ["rhel"] = "rhel", ["rocky"] = "rocky", ["sles"] = "sles", ["sled"] = "sles",
        ["ubuntu"] = "ubuntu", ["void"] = "voidlinux",
    };

    private static readonly Dictionary<string, string> OfLsb = new(StringComparer.Ordinal)
    {
        ["CoreOS"] = "coreos", ["LinuxMint"] = "linuxmint", ["Mageia"] = "mageia", ["Ubuntu"] = "ubuntu",
    };

    // The file, the distribution, and the name that its first line must hold; null for any line.
    private static readonly (string File, string Distro, string? Name)[] ReleaseFiles =
    [
        ("/etc/openmandriva-release", "openmandriva", "OpenMandriva"),
        ("/etc/opencloudos-release", "opencloudos", "OpenCloudOS"),
        ("/etc/tencentos-release", "tencentos", "TencentOS"),
        ("/etc/oracle-release", "oraclelinux", "Oracle Linux"),
        ("/etc/centos-release", "centos", "CentOS"),
        ("/etc/circle-release", "circle", "Circle Linux"),
        ("/etc/rocky-release", "rocky", "Rocky Linux"),
        ("/etc/altlinux-release", "altlinux", null),
        ("/etc/redhat-release", "fedora", "Fedora"),
        ("/etc/redhat-release", "rhel", "Red Hat"),
        ("/etc/redhat-release", "centos", "CentOS"),
        ("/etc/redhat-release", "circle", "Circle Linux"),
        ("/etc/redhat-release", "rocky", "Rocky Linux"),
        ("/etc/redhat-release", "scientificlinux", "Scientific Linux"),
        ("/etc/redhat-release", "redhat-based", null),
        ("/etc/debian_version", "debian", null),
        ("/etc/pardus-release", "pardus", null),
        ("/etc/arch-release", "archlinux", null),
        ("/etc/gentoo-release", "gentoo", null),
        ("/etc/meego-release", "meego", null),
        ("/etc/slackware-version", "slackware", null),
        ("/etc/ttylinux-target", "ttylinux", null),
        ("/etc/SuSE-release", "suse-based", null),
        ("/etc/cirros/version", "cirros", null),
        ("/etc/br-version", "buildroot", null),
        ("/etc/alpine-release", "alpinelinux", null),
        ("/etc/frugalware-release", "frugalware", "Frugalware"),
        ("/etc/pld-release", "pldlinux", "PLD Linux"),
    ];

    /// <summary>The names in /etc of all files that are looked for.</summary>
    internal static string[] FilesInEtc { get; } =
    [
        "os-release", "lsb-release",
        .. ReleaseFiles.Select(f => f.File["/etc/".Length..]).Where(f => !f.Contains('/', StringComparison.Ordinal)).Distinct(),
    ];

    internal string? Distro { get; private set; }

    internal string? ProductName { get; private set; }

    internal string? PrettyName { get; private set; }

    internal string? BuildId { get; private set; }

    internal GuestVersion? Version { get; private set; }

    /// <summary>Looks through the files of a root filesystem.</summary>
    internal void FindInRoot()
    {
        bool done = (files.IsFile("/etc/os-release") && ReadOsRelease("/etc/os-release"))
            || (files.IsFile("/etc/lsb-release") && ReadLsb("/etc/lsb-release"));
        foreach ((string file, string distro, string? name) in done ? [] : ReleaseFiles)
        {
            if (files.IsFile(file) && ReadRelease(file, distro, name))
            {
                break;
            }
        }

        // Systems without /etc/os-release, and those whose link leads to another filesystem.
        PrettyName ??= files.IsFile("/usr/lib/os-release") && !files.IsFile("/etc/os-release")
            ? files.ReadVariables("/usr/lib/os-release").LastOrDefault(v => v.Name == "PRETTY_NAME").Value
            : null;
    }

    /// <summary>Reads os-release(5).</summary>
    /// <returns>Whether it tells all.</returns>
    internal bool ReadOsRelease(string path)
    {
        foreach ((string name, string value) in files.ReadVariables(path))
        {
            switch (name)
            {
                case "ID":
                    Distro = OfOsRelease.GetValueOrDefault(value)
                        ?? (value.StartsWith("opensuse-", StringComparison.Ordinal) ? "opensuse" : Distro);
                    break;
                case "PRETTY_NAME":
                    ProductName = value;
                    PrettyName = value.Length == 0 ? null : value;
                    break;
                case "VERSION_ID":
                    Version = NeoKylin(value) ?? GuestVersion.Find(value) ?? Version;
                    break;
                case "BUILD_ID":
                    BuildId = value;
                    break;
            }
        }

        if (Distro is null || ProductName is null)
        {
            return false;
        }

        // These tell more elsewhere.
        if (Distro is "debian" or "centos" or "circle" or "rocky" && Version is { Minor: 0 })
        {
            return false;
        }

        if (Version is null && Distro is "archlinux" or "gentoo" or "voidlinux")
        {
            Version = default(GuestVersion);
        }

        return Version is not null;
    }

    private static GuestVersion? NeoKylin(string value)
    {
        int at = 1;
        return value.StartsWith('V') && GuestVersion.ReadNumber(value, ref at) is { } major
            && value.AsSpan(at).StartsWith("Update", StringComparison.Ordinal)
            && int.TryParse(value.AsSpan(at + "Update".Length), out int minor) && minor >= 0
                ? new GuestVersion(major, minor)
                : null;
    }

    private bool ReadLsb(string path)
    {
        bool known = false;
        foreach ((string name, string value) in files.ReadVariables(path))
        {
            switch (name)
            {
                case "DISTRIB_ID" when OfLsb.TryGetValue(value, out string? distro):
                    Distro = distro;
                    known = true;
                    break;
                case "DISTRIB_RELEASE":
                    Version = GuestVersion.Find(value) ?? Version;
                    break;
                case "DISTRIB_DESCRIPTION":
                    ProductName = value;
                    known = true;
                    break;
            }
        }

        return known;
    }

    private bool ReadRelease(string path, string distro, string? name)
    {
        if (distro == "archlinux")
        {
            Distro = distro;
            return true;
        }

        string[] lines = (files.ReadText(path) ?? "").Split('\n');
        string line = lines[0];
        if (line.Length == 0)
        {
            Distro = distro is "redhat-based" or "suse-based" ? distro : Distro;
            return distro is "redhat-based" or "suse-based";
        }

        ProductName = line;
        Distro = distro == "buildroot" && files.IsFile("/usr/share/cirros/logo") ? "cirros" : distro;
        if (distro == "suse-based")
        {
            ReadSuse(lines);
            return true;
        }

        GuestVersion? version = name is null ? GuestVersion.Find(line) : OfRelease(line, name);
        Version = version ?? Version;
        return name is null || version is not null;
    }

    // "Red Hat Enterprise Linux AS release 4 (Nahant Update 8)", "CentOS Linux release 7.9.2009 (Core)", "Fedora release 39 (...)".
    private static GuestVersion? OfRelease(string line, string name)
    {
        int at = line.IndexOf(name, StringComparison.Ordinal);
        if (at < 0)
        {
            return null;
        }

        string keyword = name is "TencentOS" or "Frugalware" ? " " : "release ";
        at = name == "PLD Linux"
            ? 0 : line.LastIndexOf(keyword, StringComparison.Ordinal) is var last && last > at ? last + keyword.Length : -1;
        if (name is "TencentOS" or "Frugalware" or "PLD Linux")
        {
            return GuestVersion.Find(line[Math.Max(at, 0)..]);
        }

        if (at < 0 || GuestVersion.ReadNumber(line, ref at) is not { } major)
        {
            return null;
        }

        if (name is "Fedora" or "OpenCloudOS")
        {
            return new GuestVersion(major, 0);
        }

        const string Update = "Update ";
        int update = line.LastIndexOf(Update, StringComparison.Ordinal) + Update.Length;
        if (update > at && GuestVersion.ReadNumber(line, ref update) is { } ofUpdate)
        {
            return new GuestVersion(major, ofUpdate);
        }

        at++;
        return new GuestVersion(major, at <= line.Length && line[at - 1] == '.' ? GuestVersion.ReadNumber(line, ref at) ?? 0 : 0);
    }

    private void ReadSuse(string[] lines)
    {
        string second = lines.Length > 1 ? lines[1] : "";
        if (lines[0].StartsWith("SUSE Linux Enterprise ", StringComparison.Ordinal)
            || lines[0].StartsWith("SUSE LINUX Enterprise ", StringComparison.Ordinal)
            || lines[0].StartsWith("Novell Linux Desktop ", StringComparison.Ordinal))
        {
            Distro = "sles";
            int? minor = Number(lines.Length > 2 ? lines[2] : "", "PATCHLEVEL = ");
            Version = Number(second, "VERSION = ") is { } major ? new GuestVersion(major, minor ?? 0) : null;
        }
        else if (lines[0].StartsWith("openSUSE ", StringComparison.Ordinal) || lines[0].StartsWith("SuSE Linux ", StringComparison.Ordinal)
            || lines[0].StartsWith("SUSE LINUX ", StringComparison.Ordinal))
        {
            Distro = "opensuse";
            Version = GuestVersion.Find(second) ?? Version;
        }

        static int? Number(string line, string key)
        {
            int at = key.Length;
            return line.StartsWith(key, StringComparison.Ordinal) ? GuestVersion.ReadNumber(line, ref at) : null;
        }
    }
}

namespace Guestfs;

internal enum FilesystemKind
{
    /// <summary>It holds no system.</summary>
    Other,
    Linux,
    LinuxUsr,
    Windows,

    /// <summary>A system of which only libguestfs knows more.</summary>
    Foreign,
}

/// <summary>What part of which system a filesystem is, by the names in it; the questions are those of guestfs_inspect_os in their
/// order.</summary>
internal sealed class FilesystemRole(MountedFiles files, WindowsRoot windows)
{
    /// <summary>Where Windows is, if it is.</summary>
    internal string? SystemRoot { get; private set; }

    internal FilesystemKind Find()
    {
        files.LookInto(
            "/", "bin", "bsd", "etc", "grub", "grub2", "home", "hurd", "local", "log", "netbsd", "root", "run", "service", "share", "spool",
            "src", "usr");
        files.LookInto(
            "/etc",
            ["HOSTNAME", "coreos", "crypttab", "freebsd-update.conf", "fstab", "hostname", "hosts", "machine-id", "motd", "release",
                "sysconfig", "systemd", "version",
                .. LinuxDistribution.FilesInEtc]);
        bool etc = files.IsDirectoryOrLink("/etc");
        bool bin = files.IsDirectory("/bin");
        bool fstab = etc && files.IsPlainFileOrLink("/etc/fstab");
        if ((files.IsDirectory("/grub") && (files.IsPlainFile("/grub/menu.lst") || files.IsPlainFile("/grub/grub.conf")))
            || (files.IsDirectory("/grub2") && files.IsPlainFile("/grub2/grub.cfg")))
        {
            return FilesystemKind.Other;
        }

        if (etc && bin && fstab && IsForeign())
        {
            return FilesystemKind.Foreign;
        }

        if (files.IsDirectory("/hurd") && files.IsPlainFile("/hurd/console") && files.IsPlainFile("/hurd/hello"))
        {
            return FilesystemKind.Foreign;
        }

        if (etc && (fstab || files.IsPlainFileOrLink("/etc/hosts")) && (bin || files.IsLinkTo("/bin", "usr/bin")))
        {
            return FilesystemKind.Linux;
        }

        bool share = files.IsDirectory("/share");
        bool local = files.IsDirectory("/local");
        if ((etc && files.IsDirectory("/etc/coreos")) || (bin && share && local && files.IsDirectory("/share/coreos")))
        {
            return FilesystemKind.Foreign;
        }

        if (etc && bin && share && !local && !fstab)
        {
            return FilesystemKind.Other;
        }

        if (bin && local && share && files.IsDirectory("/src") && !fstab)
        {
            return FilesystemKind.LinuxUsr;
        }

        if (files.IsDirectory("/log") && files.IsDirectory("/run") && files.IsDirectory("/spool"))
        {
            return FilesystemKind.Other;
        }

        if ((SystemRoot = windows.SystemRoot()) is not null)
        {
            return FilesystemKind.Windows;
        }

        return Has("/FDOS/FREEDOS.BSS") || Has("/DOS/COMMAND.COM") ? FilesystemKind.Foreign : FilesystemKind.Other;
    }

    // FreeBSD, NetBSD, OpenBSD and Minix.
    private bool IsForeign() =>
        files.IsPlainFile("/etc/freebsd-update.conf")
        || (files.IsPlainFile("/netbsd") && files.IsPlainFile("/etc/release"))
        || (files.IsPlainFile("/bsd") && files.IsPlainFile("/etc/motd"))
        || (files.IsDirectory("/service") && files.IsPlainFile("/service/vm") && files.IsPlainFile("/etc/version"));

    private bool Has(string path) => files.IgnoringCase(path) is { } found && files.IsPlainFile(found);
}

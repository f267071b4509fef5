namespace Guestfs;

/// <summary>Reads a Linux system whose root or /usr is mounted.</summary>
internal sealed class LinuxRoot(GuestfsHandle g, BlockDevices devices, MountedFiles files)
{
    private static readonly string[] Programs = ["/bin/bash", "/bin/ls", "/bin/echo", "/bin/rm", "/bin/sh"];

    internal void ReadRoot(GuestFacts facts)
    {
        facts.Type = "linux";
        LinuxDistribution distribution = new(files);
        distribution.FindInRoot();
        Take(distribution, facts);
        facts.Architecture = Architecture();
        FstabDevices fstab = new(g, devices, files, facts.Root);
        facts.Mounts.AddRange(fstab.Mounts());
        facts.MountEntries = fstab.Entries;
        facts.HostName = HostName();
        facts.MachineId = MachineId.Read(files);
    }

    /// <summary>A /usr of its own: what it tells may be missing on the root.</summary>
    internal void ReadUsr(GuestFacts facts)
    {
        facts.Type = "linux";
        LinuxDistribution distribution = new(files);
        if (files.IsFile("/lib/os-release"))
        {
            distribution.ReadOsRelease("/lib/os-release");
        }

        Take(distribution, facts);
        facts.Architecture = Architecture();
    }

    /// <summary>Adds to what the root tells what only its /usr does.</summary>
    internal static void Merge(GuestFacts root, GuestFacts usr)
    {
        root.Distro ??= usr.Distro;
        root.ProductName ??= usr.ProductName;
        root.PrettyName ??= usr.PrettyName;
        root.Version ??= usr.Version;
        root.Architecture ??= usr.Architecture;
        root.BuildId ??= usr.BuildId;
        root.PackageFormat ??= usr.PackageFormat;
        root.PackageManagement ??= usr.PackageManagement;
        root.Problems.AddRange(usr.Problems);
    }

    private void Take(LinuxDistribution found, GuestFacts facts)
    {
        facts.Distro = found.Distro;
        facts.ProductName = found.ProductName;
        facts.PrettyName = found.PrettyName;
        facts.Version = found.Version;
        facts.BuildId = found.BuildId;
        facts.PackageFormat = PackageSystem.Format(found.Distro);
        facts.PackageManagement = PackageSystem.Manager(found.Distro, found.Version?.Major ?? 0, () => files.IsFile("/usr/bin/dnf"));
    }

    private string? Architecture()
    {
        foreach (string program in Programs)
        {
            if (files.ReadStart(program, ExecutableFile.StartSize) is { } start && ExecutableFile.Architecture(start) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    // Where old Debian and SUSE have it, where all others do, and where old Red Hat does.
    private string? HostName()
    {
        foreach (string file in (string[])["/etc/HOSTNAME", "/etc/hostname"])
        {
            if (files.IsFile(file) && files.ReadLines(file).FirstOrDefault().Text is { } name)
            {
                return name;
            }
        }

        return files.IsPlainFile("/etc/sysconfig/network")
            ? files.ReadVariables("/etc/sysconfig/network").FirstOrDefault(v => v.Name == "HOSTNAME").Value
            : null;
    }
}

namespace Guestfs;

/// <summary>Reads a Windows system whose drive is mounted.</summary>
internal sealed class WindowsRoot(GuestfsHandle g, BlockDevices devices, MountedFiles files)
{
    private static readonly string[] Places = ["/windows", "/winnt", "/win32", "/win", "/reactos"];

    /// <summary>The system's directory; null if there is none.</summary>
    internal string? SystemRoot() =>
        Places.Select(files.IgnoringCase).FirstOrDefault(p => p is not null && IsSystemRoot(p)) ?? FromBootIni();

    internal void Read(string systemRoot, GuestFacts facts)
    {
        facts.Type = "windows";
        facts.Distro = "windows";
        string? program = files.IgnoringCase(systemRoot + "/system32/cmd.exe");
        facts.Architecture = program is not null && files.ReadStart(program, ExecutableFile.StartSize) is { } start
            ? ExecutableFile.Architecture(start)
            : null;
        string? software = Hive("software");
        string? system = Hive("system");
        facts.Windows = new WindowsSystem { SystemRoot = systemRoot, SoftwareHive = software, SystemHive = system };
        WindowsRegistry registry = new(g, devices, files);
        if (software is not null)
        {
            registry.ReadSoftware(software, facts);
        }

        if (system is not null)
        {
            registry.ReadSystem(system, facts);
        }

        facts.OsinfoId = facts.Version is { } version
            ? Osinfo.OfWindows(version, facts.ProductName ?? "", facts.ProductVariant ?? "", facts.BuildId)
            : null;

        string? Hive(string name)
        {
            string path = $"{systemRoot}/system32/config/{name}";
            string? file = files.IgnoringCase(path);
            if (file is not null && files.IsPlainFile(file))
            {
                return file;
            }

            files.Report(file ?? path, null, "is missing: the registry tells nothing of what is in it.");
            return null;
        }
    }

    private bool IsSystemRoot(string path) =>
        files.IgnoringCase(path + "/system32/config") is { } config && files.IsDirectory(config)
        && files.IgnoringCase(path + "/system32/cmd.exe") is { } program && files.IsPlainFile(program);

    // multi(0)disk(0)rdisk(0)partition(1)\WINDOWS="Microsoft Windows XP"
    private string? FromBootIni()
    {
        if (files.IgnoringCase("/boot.ini") is not { } file || !files.IsFile(file))
        {
            return null;
        }

        return (files.ReadText(file) ?? "").Split('\n')
            .SkipWhile(line => !line.StartsWith("[operating systems]", StringComparison.Ordinal))
            .Skip(1)
            .TakeWhile(line => line.StartsWith("multi(", StringComparison.Ordinal) || line.StartsWith("scsi(", StringComparison.Ordinal))
            .Select(line =>
                line[(line.LastIndexOf(')', line.IndexOf('=', StringComparison.Ordinal) is > 0 and int at ? at : 0) + 1)..].Split('=')[0])
            .Where(path => path.StartsWith('\\'))
            .Select(path => path.Replace('\\', '/'))
            .FirstOrDefault(IsSystemRoot);
    }
}

// Asks libguestfs, question by question, what it knows about one operating system. One answer that fails costs only itself.
namespace Guestfs;

internal sealed class InspectionReader(GuestfsHandle handle, string root)
{
    private readonly List<GuestfsException> problems = [];

    internal GuestOperatingSystem Read()
    {
        string? type = Text(handle.InspectGetType);
        return new()
        {
            Root = root,
            Type = type,
            Distro = Text(handle.InspectGetDistro),
            ProductName = Text(handle.InspectGetProductName),
            PrettyName = type == "linux" ? Ask<string?>(r => OsRelease.PrettyName(handle, r)) : null,
            ProductVariant = Text(handle.InspectGetProductVariant),
            Version = ReadVersion(),
            Architecture = Text(handle.InspectGetArch),
            HostName = Text(handle.InspectGetHostname),
            PackageFormat = Text(handle.InspectGetPackageFormat),
            PackageManagement = Text(handle.InspectGetPackageManagement),
            OsinfoId = Text(handle.InspectGetOsinfo),
            BuildId = Text(handle.InspectGetBuildId),
            Mountpoints = ReadMountpoints(),
            Filesystems = Ask<string[]?>(handle.InspectGetFilesystems) ?? [],
            DriveMappings = new Dictionary<string, string>(Drives(), StringComparer.OrdinalIgnoreCase),
            Windows = type == "windows" ? ReadWindows() : null,
            Problems = problems,
        };
    }

    private WindowsSystem ReadWindows() => new()
    {
        SystemRoot = Text(handle.InspectGetWindowsSystemroot),
        SystemHive = Text(handle.InspectGetWindowsSystemHive),
        SoftwareHive = Text(handle.InspectGetWindowsSoftwareHive),
        CurrentControlSet = Text(handle.InspectGetWindowsCurrentControlSet),
        HasGroupPolicy = Ask<bool?>(r => handle.InspectGetWindowsGroupPolicy(r)),
    };

    // 0.0 is upstream's unknown; a broken registry may give negative numbers.
    private Version? ReadVersion() =>
        (Ask<int?>(r => handle.InspectGetMajorVersion(r)),
            Ask<int?>(r => handle.InspectGetMinorVersion(r))) is (int major and >= 0, int minor and >= 0)
        && (major, minor) != (0, 0)
            ? new Version(major, minor)
            : null;

    // A parent's path is shorter than those below it.
    private GuestMountpoint[] ReadMountpoints() =>
    [
        .. (Ask(handle.InspectGetMountpoints) ?? new Dictionary<string, string>())
            .OrderBy(m => m.Key.Length)
            .ThenBy(m => m.Key, StringComparer.Ordinal)
            .Select(m => new GuestMountpoint(m.Key, m.Value, handle.FilesystemType(m.Value))),
    ];

    // Letters that differ in case only are one drive.
    private IEnumerable<KeyValuePair<string, string>> Drives() =>
        (Ask(handle.InspectGetDriveMappings) ?? new Dictionary<string, string>()).DistinctBy(d => d.Key, StringComparer.OrdinalIgnoreCase);

    private string? Text(Func<string, string> question) => Ask(question) is { } answer and not ("" or "unknown") ? answer : null;

    private T? Ask<T>(Func<string, T> question)
    {
        try
        {
            return question(root);
        }
        catch (GuestfsMissingFunctionException)
        {
            // As documented: an older library knows less.
            return default;
        }
        catch (GuestfsException e) when (handle.State == GuestfsState.Ready)
        {
            problems.Add(e);
            return default;
        }
    }
}

namespace Guestfs;

/// <summary>Where a Windows guest keeps its system files and its registry. Paths are in the guest, with forward slashes.</summary>
public sealed record WindowsSystem
{
    /// <summary>The system root, such as <c>/Windows</c>: guestfs_inspect_get_windows_systemroot(3).</summary>
    public string? SystemRoot { get; init; }

    /// <summary>The registry file of <c>HKLM\SYSTEM</c>, for <see cref="GuestfsHandle.HivexOpen"/>:
    /// guestfs_inspect_get_windows_system_hive(3).</summary>
    public string? SystemHive { get; init; }

    /// <summary>The registry file of <c>HKLM\SOFTWARE</c>: guestfs_inspect_get_windows_software_hive(3).</summary>
    public string? SoftwareHive { get; init; }

    /// <summary>The control set that is in use, such as <c>ControlSet001</c>: guestfs_inspect_get_windows_current_control_set(3).</summary>
    public string? CurrentControlSet { get; init; }

    /// <summary>Whether there is group policy, which may hinder the installation of drivers: guestfs_inspect_get_windows_group_policy(3).
    /// Null with a libguestfs before 1.57.6.</summary>
    public bool? HasGroupPolicy { get; init; }
}

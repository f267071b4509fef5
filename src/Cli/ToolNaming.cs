// What messages of the library call things for who types commands: options of this tool where it has one, else commands of guestfish.
using System.Text;

using Guestfs.Interop;

namespace Guestfs.Cli;

/// <summary>Names of functions and options of the library.</summary>
internal sealed class ToolNaming : ApiNaming
{
    /// <summary>Has messages use them from now on.</summary>
    internal static void Use()
    {
        ApiName.Other = new ToolNaming();
        GuestfsLibrary.ChoiceName = null;
    }

    internal override string Again => "Run the command again";

    internal override string Function(string method, string? name) => method switch
    {
        nameof(GuestfsHandle.AddDrive) or nameof(GuestfsHandle.AddDriveScratch) => "--add",
        nameof(GuestfsHandle.Inspect) => "gfs inspect",
        nameof(GuestfsHandle.Launch) => "the launch",
        nameof(GuestfsHandle.ListFilesystems) => "'gfs filesystems'",
        nameof(GuestfsHandle.Mount) or nameof(GuestfsHandle.MountRo) or nameof(GuestfsHandle.MountOptions) => "--mount",
        nameof(GuestfsHandle.MountAll) => "'gfs run'",
        nameof(GuestfsHandle.SetMemsize) => "--memory",
        nameof(GuestfsHandle.SetVerbose) => "-v",
        nameof(GuestfsHandle.TarIn) => "'gfs tar in'",
        nameof(GuestfsHandle.TarOut) => "'gfs tar out'",
        _ => $"guestfish's {Dashed(name ?? method)}",
    };

    internal override string Option(string type, string property, string? name) => property switch
    {
        nameof(GuestfsHandleOptions.Accelerator) => "--accelerator",
        nameof(GuestfsHandleOptions.Appliance) => "--appliance",
        nameof(GuestfsHandleOptions.LaunchTimeout) => "--timeout",
        nameof(AddDriveOptions.Format) => "--format",
        nameof(AddDriveOptions.ReadOnly) => "as all commands do that only read",
        nameof(InspectOptions.Keys) => "--key",
        nameof(GuestfsHandleOptions.IgnoreEnvironment) => "none of them",
        nameof(ExtractOptions.MaxTotalSize) or nameof(ExtractOptions.MaxWrittenSize) => "--max-size",
        nameof(ExtractOptions.PreserveOwners) => "keeping owners (not so with --no-owners)",
        nameof(ExtractOptions.SpecialFiles) => "--special-files",
        nameof(TarInOptions.Xattrs) or nameof(TarInOptions.Acls) or nameof(TarInOptions.Selinux) => $"--{Dashed(property)}",
        _ => $"the library's {type}.{property}",
    };

    internal override string Value(string type, string value) => Dashed(value);

    internal override string Choice(string type, string property, string value) =>
        $"{Option(type, property, null)} {Value(property, value)}";

    internal override string Setting(string method, string variable) => method == nameof(GuestfsHandle.SetPath)
        ? $"with --appliance or in {variable}"
        : $"in {variable}";

    internal override string Of(string managed, string c) => managed switch
    {
        "GuestfsLaunchException.Console" => "-v",
        _ when managed.StartsWith(nameof(GuestfsHandleOptions), StringComparison.Ordinal) => "gfs does it where neither is given",
        _ => "",
    };

    // BtrfsSubvolumeSnapshot and btrfs_subvolume_snapshot are btrfs-subvolume-snapshot.
    private static string Dashed(string name)
    {
        StringBuilder dashed = new();
        foreach (char c in name)
        {
            if (char.IsUpper(c) && dashed.Length > 0)
            {
                dashed.Append('-');
            }

            dashed.Append(c == '_' ? '-' : char.ToLowerInvariant(c));
        }

        return dashed.ToString();
    }
}

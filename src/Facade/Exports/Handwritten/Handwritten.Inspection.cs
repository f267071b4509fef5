// Inspection in one call: typed answers as structures of C.
namespace Guestfs.Exports;

internal static unsafe partial class Handwritten
{
    internal static gfs_status Inspect(nint g, gfs_guest_os_list** result)
    {
        if (result == null)
        {
            return Failed.Null("inspect", "result");
        }

        if (HandleTable.Find(g) is not { } entry)
        {
            return Failed.Handle("inspect");
        }

        return RunningCall.Run("inspect", entry, Stop.EndAppliance, running =>
        {
            IReadOnlyList<GuestOperatingSystem> systems = entry.Handle.Inspect();
            using NativeReport report = new();
            gfs_guest_os_list* list = report.Array<gfs_guest_os_list>(1);
            list->len = (uint)systems.Count;
            list->val = report.Array<gfs_guest_os>(systems.Count);
            for (int i = 0; i < systems.Count; i++)
            {
                Fill(report, list->val + i, systems[i]);
            }

            entry.Systems = systems;
            *result = report.Give<gfs_guest_os_list>();
            return gfs_status.GFS_OK;
        });
    }

    internal static void GuestOsListFree(gfs_guest_os_list* list) => NativeReport.Free(list);

    internal static gfs_status InspectGetPrettyName(nint g, byte* root, byte** result)
    {
        if (root == null || result == null)
        {
            return Failed.Null("inspect_get_pretty_name", root == null ? "root" : "result");
        }

        if (HandleTable.Find(g) is not { } entry)
        {
            return Failed.Handle("inspect_get_pretty_name");
        }

        if (Find(entry, root) is not { } system)
        {
            return NotFound("inspect_get_pretty_name", root);
        }

        *result = NativeText.Give(system.PrettyName ?? "");
        return gfs_status.GFS_OK;
    }

    internal static gfs_status GuestOsMount(nint g, byte* root, int readOnly, gfs_mount_report** result)
    {
        if (root == null)
        {
            return Failed.Null("guest_os_mount", "root");
        }

        if (HandleTable.Find(g) is not { } entry)
        {
            return Failed.Handle("guest_os_mount");
        }

        if (Find(entry, root) is not { } system)
        {
            return NotFound("guest_os_mount", root);
        }

        return RunningCall.Run("guest_os_mount", entry, Stop.EndAppliance, running =>
        {
            GuestMountReport mounts = entry.Handle.MountAll(system, readOnly != 0);
            if (result != null)
            {
                using NativeReport report = new();
                gfs_mount_report* given = report.Array<gfs_mount_report>(1);
                given->mounted = Mounts(report, mounts.Mounted);
                given->failed.len = (uint)mounts.Failed.Count;
                given->failed.val = report.Array<gfs_mount_failure>(mounts.Failed.Count);
                for (int i = 0; i < mounts.Failed.Count; i++)
                {
                    GuestMountFailure failure = mounts.Failed[i];
                    Fill(report, &given->failed.val[i].mount, failure.Mountpoint);
                    given->failed.val[i].message = report.Text(failure.Exception.Message);
                    given->failed.val[i].remedy = report.Text(failure.Remedy);
                }

                *result = report.Give<gfs_mount_report>();
            }

            return gfs_status.GFS_OK;
        });
    }

    internal static void MountReportFree(gfs_mount_report* report) => NativeReport.Free(report);

    private static GuestOperatingSystem? Find(HandleEntry entry, byte* root)
    {
        string name = NativeText.Read(root);
        return entry.Systems.FirstOrDefault(s => s.Root == name);
    }

    private static gfs_status NotFound(string operation, byte* root) =>
        Failed.Argument(
            operation, $"{operation}: gfs_inspect has found no operating system with the root {NativeText.Read(root)} on this handle.");

    private static void Fill(NativeReport report, gfs_guest_os* os, GuestOperatingSystem system)
    {
        os->root = report.Text(system.Root);
        os->type = report.Optional(system.Type);
        os->distro = report.Optional(system.Distro);
        os->product_name = report.Optional(system.ProductName);
        os->product_variant = report.Optional(system.ProductVariant);
        os->major_version = system.Version?.Major ?? -1;
        os->minor_version = system.Version?.Minor ?? -1;
        os->arch = report.Optional(system.Architecture);
        os->hostname = report.Optional(system.HostName);
        os->package_format = report.Optional(system.PackageFormat);
        os->package_management = report.Optional(system.PackageManagement);
        os->osinfo = report.Optional(system.OsinfoId);
        os->build_id = report.Optional(system.BuildId);
        os->mounts = Mounts(report, system.Mountpoints);
        os->filesystems = report.List(system.Filesystems);
        os->drives.len = (uint)system.DriveMappings.Count;
        os->drives.val = report.Array<gfs_guest_drive>(system.DriveMappings.Count);
        int drive = 0;
        foreach ((string letter, string device) in system.DriveMappings)
        {
            os->drives.val[drive++] = new gfs_guest_drive { letter = report.Text(letter), device = report.Text(device) };
        }

        os->windows_system_root = report.Optional(system.Windows?.SystemRoot);
        os->windows_system_hive = report.Optional(system.Windows?.SystemHive);
        os->windows_software_hive = report.Optional(system.Windows?.SoftwareHive);
        os->windows_control_set = report.Optional(system.Windows?.CurrentControlSet);
        os->problems = report.List([.. system.Problems.Select(p => p.Message)]);
    }

    private static gfs_guest_mount_list Mounts(NativeReport report, IReadOnlyList<GuestMountpoint> mountpoints)
    {
        gfs_guest_mount_list mounts = new() { len = (uint)mountpoints.Count, val = report.Array<gfs_guest_mount>(mountpoints.Count) };
        for (int i = 0; i < mountpoints.Count; i++)
        {
            Fill(report, mounts.val + i, mountpoints[i]);
        }

        return mounts;
    }

    private static void Fill(NativeReport report, gfs_guest_mount* mount, GuestMountpoint mountpoint)
    {
        mount->path = report.Text(mountpoint.Path);
        mount->mountable = report.Text(mountpoint.Mountable);
        mount->filesystem = report.Optional(mountpoint.FilesystemType);
    }
}

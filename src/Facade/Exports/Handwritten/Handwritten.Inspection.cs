// Inspection in one call: typed answers as structures of C.
namespace Guestfs.Exports;

internal static unsafe partial class Handwritten
{
    internal static gfs_status Inspect(nint g, gfs_guest_os_list** result) => Inspect("inspect", g, null, result);

    internal static gfs_status InspectOpts(nint g, gfs_inspect_options* options, gfs_guest_os_list** result) =>
        Inspect("inspect_opts", g, options, result);

    internal static gfs_status InspectJson(nint g, gfs_inspect_options* options, byte** result) => result == null
        ? CallError.NullArgument("inspect_json", "result")
        : Inspect("inspect_json", g, options, found => *result = NativeString.Copy(InspectionJson.ToUtf8(found)));

    internal static gfs_status InspectGetProblems(nint g, byte*** result)
    {
        if (result == null)
        {
            return CallError.NullArgument("inspect_get_problems", "result");
        }

        if (HandleTable.Find(g) is not { } entry)
        {
            return CallError.InvalidHandle("inspect_get_problems");
        }

        *result = NativeString.CopyList(Messages(entry.Problems));
        return gfs_status.GFS_OK;
    }

    internal static gfs_status InspectGetProblemList(nint g, byte* root, gfs_guest_problem_list** result)
    {
        const string Operation = "inspect_get_problem_list";
        if (root != null)
        {
            return Answer(Operation, g, root, result == null, (_, system) => Give(system.Problems, result));
        }

        return result == null ? CallError.NullArgument(Operation, "result")
            : HandleTable.Find(g) is { } entry ? Give(entry.Problems, result)
            : CallError.InvalidHandle(Operation);

        static gfs_status Give(IReadOnlyList<GuestfsException> problems, gfs_guest_problem_list** result)
        {
            using NativeArena arena = new();
            gfs_guest_problem_list* list = arena.Array<gfs_guest_problem_list>(1);
            *list = ProblemList(arena, problems);
            *result = arena.Detach<gfs_guest_problem_list>();
            return gfs_status.GFS_OK;
        }
    }

    internal static void GuestProblemListFree(gfs_guest_problem_list* list) => NativeArena.Free(list);

    private static gfs_guest_problem_list ProblemList(NativeArena arena, IReadOnlyList<GuestfsException> problems)
    {
        gfs_guest_problem* val = arena.Array<gfs_guest_problem>(problems.Count);
        for (int i = 0; i < problems.Count; i++)
        {
            GuestFileException? file = problems[i] as GuestFileException;
            val[i] = new gfs_guest_problem
            {
                operation = arena.String(problems[i].Operation),
                errnum = problems[i].Errno,
                message = arena.String(problems[i].Message),
                path = arena.OptionalString(file?.Path),
                line = file?.Line ?? 0,
                device = arena.OptionalString((problems[i] as GuestDeviceException)?.Device),
            };
        }

        return new() { len = (uint)problems.Count, val = val };
    }

    private static gfs_status Inspect(string operation, nint g, gfs_inspect_options* options, gfs_guest_os_list** result) => result == null
        ? CallError.NullArgument(operation, "result")
        : Inspect(operation, g, options, found =>
        {
            using NativeArena arena = new();
            gfs_guest_os_list* list = arena.Array<gfs_guest_os_list>(1);
            list->len = (uint)found.Count;
            list->val = arena.Array<gfs_guest_os>(found.Count);
            for (int i = 0; i < found.Count; i++)
            {
                Fill(arena, list->val + i, found[i]);
            }

            *result = arena.Detach<gfs_guest_os_list>();
        });

    private static gfs_status Inspect(string operation, nint g, gfs_inspect_options* options, Action<GuestInspection> give)
    {
        if (HandleTable.Find(g) is not { } entry)
        {
            return CallError.InvalidHandle(operation);
        }

        gfs_inspect_options given = default;
        if (options != null && !OptionsOf(options, options->struct_size, &given))
        {
            return CallError.InvalidOptionsSize(operation, options->struct_size, (nuint)sizeof(gfs_inspect_options));
        }

        byte** keys = given.keys;
        bool includeSnapshots = OptionalMember.Boolean(given.include_snapshots) ?? false;
        return RunningCall.Run(operation, entry, CancelMethod.UserCancel, running =>
        {
            GuestInspection found = entry.Handle.InspectInSteps(
                new() { Keys = Keys(keys), IncludeSnapshots = includeSnapshots }, new InspectionSteps(null, running.Token));
            give(found);
            entry.Systems = found;
            entry.Problems = found.Problems;
            return gfs_status.GFS_OK;
        });
    }

    internal static void GuestOsListFree(gfs_guest_os_list* list) => NativeArena.Free(list);

    internal static gfs_status InspectGetPrettyName(nint g, byte* root, byte** result) =>
        Text("inspect_get_pretty_name", g, root, s => s.PrettyName, result);

    internal static gfs_status InspectGetMachineId(nint g, byte* root, byte** result) =>
        Text("inspect_get_machine_id", g, root, s => s.MachineId, result);

    internal static gfs_status InspectGetSnapshots(nint g, byte* root, byte*** result) =>
        Answer("inspect_get_snapshots", g, root, result == null, (_, system) =>
        {
            *result = NativeString.CopyList([.. system.Snapshots]);
            return gfs_status.GFS_OK;
        });

    private static gfs_status Text(string operation, nint g, byte* root, Func<GuestOperatingSystem, string?> property, byte** result) =>
        Answer(operation, g, root, result == null, (_, system) =>
        {
            *result = NativeString.Copy(property(system) ?? "");
            return gfs_status.GFS_OK;
        });

    // What is asked of a system that was found.
    private static gfs_status Answer(
        string operation, nint g, byte* root, bool lacksResult, Func<HandleEntry, GuestOperatingSystem, gfs_status> give)
    {
        if (root == null || lacksResult)
        {
            return CallError.NullArgument(operation, root == null ? "root" : "result");
        }

        if (HandleTable.Find(g) is not { } entry)
        {
            return CallError.InvalidHandle(operation);
        }

        return Find(entry, root) is { } system ? give(entry, system) : NotFound(operation, root);
    }

    internal static gfs_status GuestOsListApplications(nint g, byte* root, gfs_guest_application_list** result)
    {
        const string Operation = "guest_os_list_applications";
        return Answer(Operation, g, root, result == null, (entry, system) =>
            RunningCall.Run(Operation, entry, CancelMethod.UserCancel, running =>
            {
                GuestApplicationReport report = entry.Handle.ListApplicationsInSteps(system, new InspectionSteps(null, running.Token));
                using NativeArena arena = new();
                gfs_guest_application_list* list = arena.Array<gfs_guest_application_list>(1);
                gfs_guest_application* val = arena.Array<gfs_guest_application>(report.Applications.Count);
                for (int i = 0; i < report.Applications.Count; i++)
                {
                    Fill(arena, val + i, report.Applications[i]);
                }

                list->len = (uint)report.Applications.Count;
                list->val = val;
                list->problems = ProblemList(arena, report.Problems);
                *result = arena.Detach<gfs_guest_application_list>();
                return gfs_status.GFS_OK;
            }));
    }

    internal static void GuestApplicationListFree(gfs_guest_application_list* list) => NativeArena.Free(list);

    private static void Fill(NativeArena arena, gfs_guest_application* val, GuestApplication application)
    {
        val->name = arena.String(application.Name);
        val->display_name = arena.OptionalString(application.DisplayName);
        val->epoch = application.Epoch;
        val->version = arena.OptionalString(application.Version);
        val->release = arena.OptionalString(application.Release);
        val->arch = arena.OptionalString(application.Architecture);
        val->install_path = arena.OptionalString(application.InstallPath);
        val->guest_path = arena.OptionalString(application.GuestPath);
        val->publisher = arena.OptionalString(application.Publisher);
        val->url = arena.OptionalString(application.Homepage);
        val->source_package = arena.OptionalString(application.SourcePackage);
        val->summary = arena.OptionalString(application.Summary);
        val->description = arena.OptionalString(application.Description);
        val->category = arena.OptionalString(application.Category);
        val->package_format = arena.OptionalString(application.PackageFormat);
    }

    internal static gfs_status GuestOsMount(nint g, byte* root, int readOnly, gfs_mount_report** result) =>
        Mount("guest_os_mount", g, root, new() { read_only = readOnly }, result);

    internal static gfs_status GuestOsMountOpts(nint g, byte* root, gfs_guest_os_mount_options* options, gfs_mount_report** result)
    {
        gfs_guest_os_mount_options given = new() { read_only = OptionalMember.UnsetInt };
        return options != null && !OptionsOf(options, options->struct_size, &given)
            ? CallError.InvalidOptionsSize("guest_os_mount_opts", options->struct_size, (nuint)sizeof(gfs_guest_os_mount_options))
            : Mount("guest_os_mount_opts", g, root, given, result);
    }

    private static gfs_status Mount(string operation, nint g, byte* root, gfs_guest_os_mount_options given, gfs_mount_report** result) =>
        Answer(operation, g, root, lacksResult: false, (entry, system) =>
            RunningCall.Run(operation, entry, CancelMethod.UserCancel, running =>
            {
                GuestMountReport mounts = entry.Handle.MountAllInSteps(
                    system, OptionalMember.Boolean(given.read_only) ?? true, Keys(given.keys), new InspectionSteps(null, running.Token));
                entry.MountResults = mounts.Results;
                if (result != null)
                {
                    using NativeArena arena = new();
                    gfs_mount_report* given = arena.Array<gfs_mount_report>(1);
                    given->mounted = Mounts(arena, mounts.Mounted);
                    given->failed.len = (uint)mounts.Failed.Count;
                    given->failed.val = arena.Array<gfs_mount_failure>(mounts.Failed.Count);
                    for (int i = 0; i < mounts.Failed.Count; i++)
                    {
                        GuestMountFailure failure = mounts.Failed[i];
                        Fill(arena, &given->failed.val[i].mount, failure.Mountpoint);
                        given->failed.val[i].message = arena.String(failure.Exception.Message);
                        given->failed.val[i].remedy = arena.String(failure.Remedy);
                    }

                    *result = arena.Detach<gfs_mount_report>();
                }

                return gfs_status.GFS_OK;
            }));

    internal static gfs_status GuestOsMountResults(nint g, gfs_mount_result_list** result)
    {
        if (result == null)
        {
            return CallError.NullArgument("guest_os_mount_results", "result");
        }

        if (HandleTable.Find(g) is not { } entry)
        {
            return CallError.InvalidHandle("guest_os_mount_results");
        }

        IReadOnlyList<GuestMountResult> results = entry.MountResults;
        using NativeArena arena = new();
        gfs_mount_result_list* list = arena.Array<gfs_mount_result_list>(1);
        gfs_mount_result* val = arena.Array<gfs_mount_result>(results.Count);
        list->len = (uint)results.Count;
        list->val = val;
        for (int i = 0; i < results.Count; i++)
        {
            GuestMountEntry of = results[i].Entry;
            val[i] = new gfs_mount_result
            {
                file = arena.String(of.File),
                line = of.Line ?? 0,
                outcome = (int)results[i].Outcome,
                device = arena.String(of.Device),
                path = arena.String(of.Path),
                type = arena.String(of.Type),
                options = arena.StringList(of.Options),
                mountable = arena.OptionalString(of.Mountable),
                text = arena.String(results[i].Text),
            };
        }

        *result = arena.Detach<gfs_mount_result_list>();
        return gfs_status.GFS_OK;
    }

    internal static void MountResultListFree(gfs_mount_result_list* list) => NativeArena.Free(list);

    internal static void MountReportFree(gfs_mount_report* report) => NativeArena.Free(report);

    private static GuestKey[] Keys(byte** selectors)
    {
        string[] texts = NativeString.ReadList(selectors) ?? [];
        GuestKey[] keys = new GuestKey[texts.Length];
        for (int i = 0; i < texts.Length; i++)
        {
            try
            {
                keys[i] = GuestKey.Parse(texts[i]);
            }
            catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
            {
                throw new ArgumentException(e.Message, e);
            }
        }

        return keys;
    }

    private static string[] Messages(IReadOnlyList<GuestfsException> problems)
    {
        string[] messages = new string[problems.Count];
        for (int i = 0; i < messages.Length; i++)
        {
            messages[i] = problems[i].Message;
        }

        return messages;
    }

    private static GuestOperatingSystem? Find(HandleEntry entry, byte* root)
    {
        string name = NativeString.Read(root);
        return entry.Systems.FirstOrDefault(s => s.Root == name);
    }

    private static gfs_status NotFound(string operation, byte* root) =>
        CallError.InvalidArgument(
            operation, $"{operation}: gfs_inspect has found no operating system with the root {NativeString.Read(root)} on this handle.");

    private static void Fill(NativeArena arena, gfs_guest_os* os, GuestOperatingSystem system)
    {
        os->root = arena.String(system.Root);
        os->type = arena.OptionalString(system.Type);
        os->distro = arena.OptionalString(system.Distro);
        os->product_name = arena.OptionalString(system.ProductName);
        os->product_variant = arena.OptionalString(system.ProductVariant);
        os->major_version = system.Version?.Major ?? -1;
        os->minor_version = system.Version?.Minor ?? -1;
        os->arch = arena.OptionalString(system.Architecture);
        os->hostname = arena.OptionalString(system.HostName);
        os->package_format = arena.OptionalString(system.PackageFormat);
        os->package_management = arena.OptionalString(system.PackageManagement);
        os->osinfo = arena.OptionalString(system.OsinfoId);
        os->build_id = arena.OptionalString(system.BuildId);
        os->mounts = Mounts(arena, system.Mountpoints);
        os->filesystems = arena.StringList(system.Filesystems);
        os->drives.len = (uint)system.DriveMappings.Count;
        os->drives.val = arena.Array<gfs_guest_drive>(system.DriveMappings.Count);
        int drive = 0;
        foreach ((string letter, string device) in system.DriveMappings)
        {
            os->drives.val[drive++] = new gfs_guest_drive { letter = arena.String(letter), device = arena.String(device) };
        }

        os->windows_system_root = arena.OptionalString(system.Windows?.SystemRoot);
        os->windows_system_hive = arena.OptionalString(system.Windows?.SystemHive);
        os->windows_software_hive = arena.OptionalString(system.Windows?.SoftwareHive);
        os->windows_control_set = arena.OptionalString(system.Windows?.CurrentControlSet);
        os->problems = arena.StringList(Messages(system.Problems));
    }

    private static gfs_guest_mount_list Mounts(NativeArena arena, IReadOnlyList<GuestMountpoint> mountpoints)
    {
        gfs_guest_mount_list mounts = new() { len = (uint)mountpoints.Count, val = arena.Array<gfs_guest_mount>(mountpoints.Count) };
        for (int i = 0; i < mountpoints.Count; i++)
        {
            Fill(arena, mounts.val + i, mountpoints[i]);
        }

        return mounts;
    }

    private static void Fill(NativeArena arena, gfs_guest_mount* mount, GuestMountpoint mountpoint)
    {
        mount->path = arena.String(mountpoint.Path);
        mount->mountable = arena.String(mountpoint.Mountable);
        mount->filesystem = arena.OptionalString(mountpoint.FilesystemType);
    }
}

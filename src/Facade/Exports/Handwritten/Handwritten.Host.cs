// What the host has for libguestfs, and building appliances.
using System.Globalization;

using Guestfs.Interop;

namespace Guestfs.Exports;

internal static unsafe partial class Handwritten
{
    internal static gfs_status HostProbe(gfs_host_report** result)
    {
        if (result == null)
        {
            return CallError.NullArgument("host_probe", "result");
        }

        using NativeArena arena = new();
        gfs_host_report* given = arena.Array<gfs_host_report>(1);
        List<string> problems = [];
        try
        {
            using GuestfsHandle handle = new();
            given->library = arena.OptionalString(GuestfsLibrary.LoadedFrom);
            GuestfsVersion version = handle.Version();
            given->library_version =
                arena.String(string.Create(CultureInfo.InvariantCulture, $"{version.Major}.{version.Minor}.{version.Release}"));
            given->backend = arena.String(handle.GetBackend());
            ProbeHypervisor(handle, arena, given, problems);
            ProbeAppliance(handle.GetPath(), handle.GetCachedir(), arena, given, problems);
        }
        catch (Exception e) when (e is DllNotFoundException or GuestfsException)
        {
            problems.Add(e.Message);
        }

        given->problems = arena.StringList(problems);
        *result = arena.Detach<gfs_host_report>();
        return gfs_status.GFS_OK;
    }

    internal static void HostReportFree(gfs_host_report* report) => NativeArena.Free(report);

    internal static gfs_status ApplianceBuild(
        gfs_appliance_options* options, byte* directory,
        delegate* unmanaged[Cdecl]<void*, gfs_appliance_stage, ulong, ulong, byte*, int> callback, void* opaque)
    {
        if (directory == null)
        {
            return CallError.NullArgument("appliance_build", "directory");
        }

        gfs_appliance_options given = new()
        {
            free_space = OptionalMember.UnsetInt64, timestamp = OptionalMember.UnsetInt64, profile = OptionalMember.UnsetInt,
        };
        if (options != null && !OptionsOf(options, options->struct_size, &given))
        {
            return CallError.InvalidOptionsSize("appliance_build", options->struct_size, (nuint)sizeof(gfs_appliance_options));
        }

        if (given.root != null && given.archives != null)
        {
            return CallError.InvalidArgument(
                "appliance_build", "appliance_build: root and archives exclude each other: packages come from the host or from files.");
        }

        _ = Member<gfs_appliance_profile>(given.profile, gfs_appliance_profile.GFS_PROFILE_FAST, "profile");
        Builder.Build(&given, directory, callback, opaque);
        return gfs_status.GFS_OK;
    }

    internal static gfs_status ApplianceVerify(
        byte* directory, delegate* unmanaged[Cdecl]<void*, gfs_appliance_stage, ulong, ulong, byte*, int> callback, void* opaque)
    {
        if (directory == null)
        {
            return CallError.NullArgument("appliance_verify", "directory");
        }

        Builder.Verify(directory, callback, opaque);
        return gfs_status.GFS_OK;
    }

    private static void ProbeHypervisor(GuestfsHandle handle, NativeArena arena, gfs_host_report* given, List<string> problems)
    {
        string name = handle.GetHv();
        if (HostProgram.Find(name, HostEnvironment.Variable("PATH")) is not { } hypervisor)
        {
            problems.Add(
                $"There is no hypervisor {name}. Install qemu (Debian and Ubuntu: apt install qemu-system-x86; Fedora: dnf install "
                + "qemu-kvm; Arch: pacman -S qemu-base), or name it with gfs_set_hv or LIBGUESTFS_HV.");
            return;
        }

        given->hypervisor = arena.String(hypervisor);
        KvmAnswer kvm = AcceleratorDecision.TryKvm(handle);
        given->kvm_works = kvm.Works ? 1 : 0;
        given->kvm_reason = arena.String(kvm.Reason);
    }

    private static void ProbeAppliance(string path, string cache, NativeArena arena, gfs_host_report* given, List<string> problems)
    {
        if (ApplianceFiles.Find(path) is not { } directory)
        {
            problems.Add($"There is no appliance in {path}. Install the distribution's libguestfs appliance and supermin, or build one: "
                + "gfs_appliance_build, or GFS_APPLIANCE_MANAGED when making a handle.");
            return;
        }

        given->appliance = arena.String(directory);
        if (ApplianceFiles.Fault(directory, cache) is { } fault)
        {
            problems.Add($"The appliance cannot start: {fault}.");
        }
    }
}

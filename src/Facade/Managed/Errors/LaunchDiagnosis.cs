// Looks for what a launch needs and did not find: libguestfs' message names a symptom, the user needs the cause.
namespace Guestfs;

/// <summary>Explains a failed launch from the settings of the handle and the files they name.</summary>
internal static class LaunchDiagnosis
{
    private static readonly string[] FixedAppliance = ["README.fixed", "kernel", "initrd", "root"];

    /// <summary>What is missing, and what to do about it; no advice when nothing is.</summary>
    /// <param name="hypervisor">The handle's qemu.</param>
    /// <param name="path">The handle's appliance search path.</param>
    /// <param name="backend">The handle's backend.</param>
    /// <param name="emulated">Whether the handle asks for emulation instead of KVM.</param>
    internal static (LaunchFailure Failure, string? Advice) Explain(string hypervisor, string path, string backend, bool emulated)
    {
        if (!path.Split(':').Any(HasAppliance))
        {
            return (LaunchFailure.ApplianceMissing,
                $"There is no appliance in {path} (a directory 'supermin.d', or the files 'README.fixed', 'kernel', 'initrd' and 'root'). " +
                $"Name its directory with {nameof(GuestfsHandle.SetPath)} or in LIBGUESTFS_PATH.");
        }

        if (backend == "direct" && !IsExecutable(hypervisor))
        {
            return (LaunchFailure.HypervisorMissing,
                $"There is no qemu at '{hypervisor}'. Install it (Debian and Ubuntu: apt install qemu-system-x86; Fedora: dnf install qemu-kvm; " +
                $"Arch: pacman -S qemu-base), or name it with {nameof(GuestfsHandle.SetHv)} or in LIBGUESTFS_HV.");
        }

        // What is left is not missing, so these are only likely.
        if (backend.StartsWith("libvirt", StringComparison.Ordinal))
        {
            return (LaunchFailure.Other,
                $"The backend is '{backend}', which needs a working libvirt. Without one, use {nameof(GuestfsHandle.SetBackend)}(\"direct\") or LIBGUESTFS_BACKEND=direct.");
        }

        return emulated || !File.Exists("/dev/kvm")
            ? (LaunchFailure.Other, null)
            : (LaunchFailure.Other,
                $"If KVM does not work on this machine although it has /dev/kvm, use {nameof(GuestfsHandle.SetBackendSetting)}(\"force_tcg\", \"1\") or LIBGUESTFS_BACKEND_SETTINGS=force_tcg.");
    }

    // The three forms libguestfs knows, in its order: supermin, fixed, old style.
    private static bool HasAppliance(string directory) =>
        Directory.Exists(Path.Combine(directory, "supermin.d"))
        || FixedAppliance.All(f => File.Exists(Path.Combine(directory, f)))
        || (Directory.Exists(directory) && Directory.EnumerateFiles(directory, "vmlinuz.*").Any());

    private static bool IsExecutable(string file)
    {
        const UnixFileMode execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        IEnumerable<string> candidates = file.Contains('/', StringComparison.Ordinal)
            ? [file]
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(d => Path.Combine(d, file));
        return candidates.Any(f => File.Exists(f) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(f) & execute) != 0));
    }
}

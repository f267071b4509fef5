// Looks for why a launch failed: libguestfs' message names a symptom, the user needs the cause and what to do.
using Guestfs.Interop;

namespace Guestfs;

/// <summary>Explains a failed launch from what was seen of it and from the files it used.</summary>
internal static class LaunchDiagnosis
{
    // libguestfs names it by its full name.
    private const string Supermin = "/supermin";

    // libguestfs' child ends with it, as a shell's does, when a program is not there.
    private const int NotFound = 127;

    // APPLIANCE_TIMEOUT of its source.
    private static readonly TimeSpan LibraryLimit = TimeSpan.FromMinutes(20);

    /// <summary>The cause, as far as the evidence shows one.</summary>
    // What proves itself comes first: a file that is missing, a message of qemu or the kernel. What is known only because
    // nothing else explains it comes last.
    internal static LaunchFinding Explain(LaunchEvidence evidence) =>
        Missing(evidence)
        ?? NoDisk(evidence)
        ?? Directories(evidence)
        ?? Network(evidence)
        ?? Kvm(evidence)
        ?? Stalled(evidence)
        ?? Memory(evidence)
        ?? Disks(evidence)
        ?? Locked(evidence)
        ?? Files(evidence)
        ?? Guest(evidence)
        ?? Time(evidence)
        ?? Killed(evidence)
        ?? Hypervisor(evidence)
        ?? Unexplained(evidence);

    /// <summary>KVM was used, or is to be used, and does not work.</summary>
    /// <param name="reason">Why not, without a full stop.</param>
    /// <param name="demand">The option or setting that asked for it; null where the library chose it.</param>
    internal static LaunchFinding WithoutKvm(string reason, string? demand)
    {
        string option = ApiName.Option(nameof(GuestfsHandleOptions), nameof(GuestfsHandleOptions.Accelerator));
        string tcg = ApiName.Choice(nameof(GuestfsHandleOptions), nameof(GuestfsHandleOptions.Accelerator), nameof(Accelerator.Tcg)),
            auto = ApiName.Value(nameof(Accelerator), nameof(Accelerator.Auto));
        return new LaunchFinding(
            LaunchFailure.KvmBroken,
            $"KVM does not work on this machine: {reason}.",
            demand is null
                ? $"{ApiName.Again}: KVM is not used any more until this machine boots. {tcg} always uses emulation."
            : demand == option ? $"Use emulation: {tcg}, or {auto}, which uses KVM only where it works."
            : $"Use emulation: remove {demand} (LIBGUESTFS_BACKEND_SETTINGS), or replace it with force_tcg.");
    }

    /// <summary>A file of the appliance is not what it should be.</summary>
    /// <param name="fault">What is wrong with it, without a full stop.</param>
    internal static LaunchFinding DamagedAppliance(string fault) => new(
        LaunchFailure.ApplianceUnreadable,
        $"The appliance is damaged: {fault}.",
        "Make the file readable for this user, or build the appliance again.");

    /// <summary>A confinement was asked for that cannot be had.</summary>
    /// <param name="lacking">What is missing.</param>
    /// <param name="reason">Why, without a full stop.</param>
    internal static LaunchFinding WithoutConfinement(Confinement lacking, string reason) => new(
        LaunchFailure.ConfinementUnavailable,
        $"qemu was to be kept from more than can be done here ({lacking}): {reason}.",
        $"Leave {ApiName.Option(nameof(GuestfsHandleOptions), nameof(GuestfsHandleOptions.Confinement))} unset, "
        + "which confines qemu as far as "
        + "that is possible.");

    private static LaunchFinding? NoDisk(LaunchEvidence evidence) => evidence.Drives.Count > 0 ? null : new LaunchFinding(
        LaunchFailure.Other,
        "No disk was added.",
        $"Call {ApiName.Function(nameof(GuestfsHandle.AddDrive))} first; where no disk is wanted, "
        + $"{ApiName.Function(nameof(GuestfsHandle.AddDriveScratch))} adds an empty one.");

    private static string ManagedAppliance =>
        ApiName.Of(
            "GuestfsHandleOptions.Appliance = new ManagedApplianceSource() (package Guestfs.Appliances)",
            "gfs_handle_options.appliance = GFS_APPLIANCE_MANAGED");

    private static LaunchFinding? Directories(LaunchEvidence evidence) => HostDirectories.Fault(
        evidence.TemporaryDirectory,
        evidence.SocketDirectory,
        ApplianceFiles.Find(evidence.Path) is { } directory && ApplianceFiles.IsBuiltBySupermin(directory)
            ? evidence.CacheDirectory
            : null);

    // What passt says itself goes to standard error. Started by root it becomes another user in a namespace of his own, which neither a
    // chroot nor every container allows.
    private static LaunchFinding? Network(LaunchEvidence evidence)
    {
        bool isRoot = Libc.geteuid() == 0;
        return evidence.EndOf("passt") is not { } status ? null : new LaunchFinding(
            LaunchFailure.NetworkUnavailable,
            $"passt, which connects the appliance to the network, ended with {status}; it says why on standard error."
            + (isRoot
                ? " Started by root it becomes the user nobody in a namespace of its own, and may not be allowed to, or may do less then."
                : ""),
            (isRoot ? "Run the program as another user, or take passt" : "Take passt")
            + " out of PATH: then qemu's own network is used. Without a network "
            + $"({ApiName.Function(nameof(GuestfsHandle.SetNetwork))}) none of both is needed.");
    }

    private static LaunchFinding? Missing(LaunchEvidence evidence)
    {
        if (ApplianceFiles.Find(evidence.Path) is null)
        {
            return new LaunchFinding(
                LaunchFailure.ApplianceMissing,
                $"There is no appliance in {evidence.Path} (a directory 'supermin.d', or the files 'README.fixed', 'kernel', "
                + "'initrd' and 'root').",
                $"Name its directory {ApiName.Setting(nameof(GuestfsHandle.SetPath), "LIBGUESTFS_PATH")}, or have one built: "
                + $"{ManagedAppliance}.");
        }

        if (evidence.EndOf(Supermin) == NotFound)
        {
            return new LaunchFinding(
                LaunchFailure.ApplianceMissing,
                "The appliance has to be built first by supermin, which is not installed or cannot be run.",
                "Install it (Debian, Ubuntu, Fedora and Arch: the package supermin), or have the appliance built without it: "
                + $"{ManagedAppliance}.");
        }

        return evidence.IsDirect && HostProgram.Find(evidence.Appliance.Hypervisor, HostEnvironment.Variable("PATH")) is null
            ? new LaunchFinding(
                LaunchFailure.HypervisorMissing,
                $"There is no qemu at '{evidence.Appliance.Hypervisor}'.",
                "Install it (Debian and Ubuntu: apt install qemu-system-x86; Fedora: dnf install qemu-kvm; " +
                $"Arch: pacman -S qemu-base), or name it {ApiName.Setting(nameof(GuestfsHandle.SetHv), "LIBGUESTFS_HV")}.")
            : null;
    }

    // Only if qemu has ended by itself before it started the machine: with a message about a disk, or with one that does not say what it
    // is about. libvirt keeps qemu's messages to itself.
    private static LaunchFinding? Disks(LaunchEvidence evidence)
    {
        string? line = evidence.Appliance.HypervisorLine, option = line is null ? null : OptionIn(line);
        bool isOfDisk = option is "-drive" or "-blockdev";
        if (line is null
            ? evidence is { IsDirect: true, Appliance.End: not { Status: > 0 } }
            : !(option is null or "-device" || isOfDisk) || line.Contains("id=appliance", StringComparison.Ordinal))
        {
            return null;
        }

        return DiskExamination.Find(LocalDisk.Parse(evidence.Drives)) is { } finding
            ? new LaunchFinding(
                finding.Problem == DiskProblem.Locked ? LaunchFailure.DiskLocked : LaunchFailure.DiskUnusable,
                finding.Cause,
                finding.Remedy) { Disk = finding }
            : isOfDisk && Locked(evidence) is null ? new LaunchFinding(
                LaunchFailure.DiskUnusable,
                $"qemu cannot use a disk: {line}.",
                "Ask 'qemu-img info' about it; where it is on the network, see that its server can be reached.")
            : null;
    }

    // qemu says which of its options a message is about: "qemu-system-x86_64: -drive file=...: REASON".
    private static string? OptionIn(string line)
    {
        int at = line.IndexOf(": ", StringComparison.Ordinal);
        return at >= 0 && line.AsSpan(at + 2).StartsWith("-") ? line[(at + 2)..].Split(' ')[0] : null;
    }

    private static LaunchFinding? Locked(LaunchEvidence evidence) =>
        evidence.Line(
            "Failed to get \"write\" lock", "Failed to get shared \"write\" lock", "Failed to get \"consistent read\" lock",
            "Is another process using the image") is { } line
            ? new LaunchFinding(
                LaunchFailure.DiskLocked,
                $"A disk is in use by another process, perhaps a running virtual machine: {line}.",
                "Shut that machine down first: writing to a disk that another machine has open corrupts it. "
                + "To read only, add the disk read-only.")
            : null;

    private static LaunchFinding? Kvm(LaunchEvidence evidence) =>
        evidence.Line("failed to set MSR", "kvm_buf_set_msrs", "KVM kernel module", "failed to initialize kvm", "KVM: entry failed",
            "KVM internal error", "kvm not available", "kvm run failed") is { } line
            ? WithoutKvm(line, evidence.KvmDemand)
            : evidence.Appliance.HasMachineFailed
            ? WithoutKvm("a processor of the machine could not go on, and qemu stopped it", evidence.KvmDemand)
            : null;

    private static LaunchFinding? Memory(LaunchEvidence evidence)
    {
        string? host = evidence.Line("Cannot allocate memory", "cannot set up guest memory");
        if (host is not null || evidence.Errors.Any(error => error.Errno == Libc.ENOMEM))
        {
            return new LaunchFinding(
                LaunchFailure.OutOfMemory,
                $"The host has too little memory for an appliance of {evidence.Memory} MiB: {host ?? "a process could not be started"}.",
                "Free memory, raise the limit of this process or container, or give the appliance less with "
                + $"{ApiName.Function(nameof(GuestfsHandle.SetMemsize))}.");
        }

        return evidence.Line(
            "Out of memory", "deadlocked on memory", "Initramfs unpacking failed: write error", "not enough memory",
            "System is out of memory") is { } guest
            ? new LaunchFinding(
                LaunchFailure.OutOfMemory,
                $"The appliance has too little memory ({evidence.Memory} MiB): {guest}.",
                $"Give it more with {ApiName.Function(nameof(GuestfsHandle.SetMemsize))}: libguestfs' default is 1280 MiB.")
            : null;
    }

    private static LaunchFinding? Files(LaunchEvidence evidence)
    {
        string? fault = ApplianceFiles.Find(evidence.Path) is { } directory
            ? ApplianceFiles.Fault(directory, evidence.CacheDirectory)
            : null;
        if (fault is not null)
        {
            return DamagedAppliance(fault);
        }

        if (evidence.EndOf(Supermin) is { } status)
        {
            return new LaunchFinding(
                LaunchFailure.ApplianceUnreadable,
                $"The appliance cannot be built: supermin ended with {status}, and said why on standard error.",
                "See that this user can read the kernel in /boot and that the disk has room, or have the appliance built without supermin: "
                + $"{ManagedAppliance}.");
        }

        return evidence.Line(
            "could not load kernel", "linux kernel too old", "error reading initrd", "invalid kernel header",
            "PVH ELF Note") is { } line
            ? new LaunchFinding(
                LaunchFailure.ApplianceUnreadable,
                $"The appliance cannot be read: {line}.",
                "Build it again; if it was built by supermin, see that this user can read the kernel in /boot and that the disk has room.")
            : null;
    }

    private static LaunchFinding? Guest(LaunchEvidence evidence)
    {
        string rebuild = "Build the appliance again; if it was built here, see which file is missing in it." + OrStock(evidence);
        if (evidence.Line("guestfsd: not found", "guestfsd: command not found", "guestfsd: No such file", "guestfsd: Permission denied",
            "No working init found", "Requested init", "error while loading shared libraries", "supermin: no root", "cannot run /init",
            "the appliance cannot start") is { } init)
        {
            return new LaunchFinding(
                LaunchFailure.InitFailed, $"The appliance's kernel started, but its init or daemon did not: {init}.", rebuild);
        }

        return evidence.Line("Kernel panic - not syncing") is { } panic
            ? panic.Contains("Attempted to kill init", StringComparison.Ordinal)
                ? new LaunchFinding(LaunchFailure.InitFailed, $"The appliance's init ended: {panic}.", rebuild)
                : new LaunchFinding(
                    LaunchFailure.KernelPanic,
                    $"The appliance's kernel panicked: {panic}.",
                    "Build the appliance with another kernel, or see the console "
                    + $"({ApiName.Of("GuestfsLaunchException.Console", "gfs_error_console()")}) for what it lacks.{OrStock(evidence)}")
            : null;
    }

    // A fast appliance may not suit a qemu or kernel that it was not tried with.
    private static string OrStock(LaunchEvidence evidence) =>
        ApplianceFiles.Find(evidence.Path) is { } directory && ApplianceFiles.IsFast(directory)
            ? " It is of the profile fast; one of the profile stock ('gfs appliance build --profile stock') "
                + "starts as the distribution's does."
            : "";

    private static LaunchFinding? Stalled(LaunchEvidence evidence) => evidence.Stall is not { } stall ? null : new LaunchFinding(
        LaunchFailure.Stalled,
        stall.Text,
        stall.Kind is StallKind.Stopped or StallKind.Paused
            ? $"Find out who or what stops it there. {ApiName.Again}."
            : $"{ApiName.Again}; if it stands still again, {SeeConsole(evidence, "how far it came")}.{OrStock(evidence)}");

    private static LaunchFinding? Time(LaunchEvidence evidence)
    {
        if (evidence.EndedAfter is { } limit)
        {
            return new LaunchFinding(
                LaunchFailure.DaemonNeverConnected,
                $"The appliance's daemon did not report within {limit.TotalSeconds:0.#} s.",
                "Allow more time "
                + $"({ApiName.Option(nameof(GuestfsHandleOptions), nameof(GuestfsHandleOptions.LaunchTimeout), "launch_timeout_ms")}) if "
                + $"the host is slow; otherwise {SeeConsole(evidence, "where it hangs")}.");
        }

        return evidence.Duration < LibraryLimit || evidence is { Connected: true } or { Appliance.End.Status: > 0 }
            ? null
            : new LaunchFinding(
            LaunchFailure.DaemonNeverConnected,
            "The appliance's daemon did not report within libguestfs' own time limit, which is fixed.",
            $"Launch when the host has less to do, or {SeeConsole(evidence, "where it hangs")}.");
    }

    // What a remedy asks for must not have been done already.
    private static string SeeConsole(LaunchEvidence evidence, string what) => evidence.IsVerbose
        ? $"see on the console ({ApiName.Of("GuestfsLaunchException.Console", "gfs_error_console()")}) {what}"
        : $"a verbose launch ({ApiName.Function(nameof(GuestfsHandle.SetVerbose))}) shows on the console {what}";

    // What ends a machine that runs can also end it while it starts.
    private static LaunchFinding? Killed(LaunchEvidence evidence) => evidence.Death.Cause switch
    {
        ApplianceDeath.HostOutOfMemory => new LaunchFinding(LaunchFailure.OutOfMemory, evidence.Death.Text, evidence.Death.Remedy),
        ApplianceDeath.HostDiskFull or ApplianceDeath.HostDiskFailed or ApplianceDeath.HypervisorKilled =>
            new LaunchFinding(LaunchFailure.ApplianceDied, evidence.Death.Text, evidence.Death.Remedy) { IsFromOutside = true },
        _ => null,
    };

    private static LaunchFinding? Hypervisor(LaunchEvidence evidence)
    {
        string? line = evidence.Appliance.HypervisorLine;
        if (line is null
            && (!evidence.IsDirect
                || evidence.Connected
                || !evidence.Errors.Any(error => error.Message.Contains("guestfs_launch", StringComparison.Ordinal))))
        {
            return null;
        }

        // Of one that ends in its first moments libguestfs alone may have seen how.
        const string silent = "before it started the machine, and said nothing about it";
        string ended = evidence.Appliance.End switch
        {
            null => $"{silent}: it cannot run, or something killed it at once",
            { Signal: > 0 and var signal } => $"by {DeathDiagnosis.Describe(signal)} {silent}",
            { Status: var status } => $"with exit status {status} {silent}",
        };
        return new LaunchFinding(
            LaunchFailure.HypervisorRefused,
            line is null ? $"{evidence.Appliance.Hypervisor} ended {ended}." : $"qemu ended: {line}.",
            $"Check {ApiName.Function(nameof(GuestfsHandle.SetHv))} (LIBGUESTFS_HV) and what "
            + $"{ApiName.Function(nameof(GuestfsHandle.Config))} adds to its arguments; run "
            + $"'{evidence.Appliance.Hypervisor} --version' by hand."
            + (line?.Contains("Permission denied", StringComparison.Ordinal) == true
                ? " If this user can open that file, "
                    + ApiName.Choice(
                        nameof(GuestfsHandleOptions), nameof(GuestfsHandleOptions.Confinement), nameof(Confinement.SystemCalls))
                    + " leaves qemu all files of the host."
                : ""));
    }

    private static LaunchFinding Unexplained(LaunchEvidence evidence)
    {
        if (evidence.Death is { Cause: ApplianceDeath.HypervisorCrashed } crash)
        {
            return new LaunchFinding(LaunchFailure.ApplianceDied, crash.Text, crash.Remedy);
        }

        if (evidence.Connected)
        {
            return new LaunchFinding(
                LaunchFailure.ApplianceDied,
                "The appliance ended while it was starting.",
                "See whether something killed qemu (the kernel's log names processes that were killed for memory); "
                + $"{SeeConsole(evidence, "how far it came")}.{OrStock(evidence)}");
        }

        return evidence.Backend.StartsWith("libvirt", StringComparison.Ordinal)
            ? new LaunchFinding(
                LaunchFailure.Other,
                $"The backend is '{evidence.Backend}', which needs a working libvirt.",
                "Without one, choose the backend 'direct' "
                + $"{ApiName.Setting(nameof(GuestfsHandle.SetBackend), "LIBGUESTFS_BACKEND")}.")
            : new LaunchFinding(LaunchFailure.Other, null, null);
    }
}

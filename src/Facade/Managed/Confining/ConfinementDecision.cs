using System.Globalization;

using Guestfs.Interop;

namespace Guestfs;

/// <summary>Confines the qemu of a handle, and keeps it from guessing what is in a disk. docs/design/confinement.md says against what, and
/// what is left open.</summary>
/// <param name="handle">The handle.</param>
/// <param name="wanted">What its options ask for; null is as much as there can be.</param>
internal sealed class ConfinementDecision(GuestfsHandle handle, Confinement? wanted)
{
    private string[] ownArguments = [];
    private LaunchDirectory? directory;
    private string? launcher, hypervisor, noFilter, noFiles;
    private bool hasFilter, hasNetwork;

    // What only a launch sets: a program that does not launch is trimmed of it.
    private Func<string, string>? rename;

    /// <summary>What was decided; null before the launch.</summary>
    internal ConfinementChoice? Choice { get; private set; }

    /// <summary>What the launcher has done in the last launch; null if it took no part.</summary>
    internal LaunchReport? Report { get; private set; }

    /// <summary>The machine that the next launch is to resume; null to boot.</summary>
    internal SavedMachine? Resumed { get; set; }

    /// <summary>Whether the next launch tells libguestfs' arguments.</summary>
    internal bool KeepsArguments { get; set; }

    /// <summary>Gives qemu an option that is the library's own: all others may name any file.</summary>
    internal void AddOption(string option, string value)
    {
        handle.Config(option, value);
        ownArguments = [.. ownArguments, option, value];
    }

    /// <summary>The hypervisor that the user knows, for the one that libguestfs has.</summary>
    internal string RealName(string name) => name == launcher ? hypervisor! : name;

    /// <summary>A message in which libguestfs may name the hypervisor.</summary>
    internal string WithRealName(string message) => rename?.Invoke(message) ?? message;

    /// <summary>Confines what the next launch starts.</summary>
    /// <exception cref="GuestfsLaunchException">What was asked for cannot be had.</exception>
    internal void Begin()
    {
        RestoreHypervisor();
        Report = null;

        // Another one starts a qemu of its own, under the user and the rules that it is set up with.
        string backend = handle.GetBackend(), qemu = handle.GetHv();
        if (backend == "direct" && wanted != Confinement.None)
        {
            noFilter = !IsWanted(Confinement.SystemCalls) ? "its filter of system calls was not asked for"
                : SystemCallFilter.IsSupportedBy(qemu) ? null
                : $"{qemu} has no {SystemCallFilter.Option}";
            if (noFilter is null && !hasFilter)
            {
                // It stays the handle's when that is launched again.
                AddOption(SystemCallFilter.Option, SystemCallFilter.Value);
                hasFilter = true;
            }

            Decide(TryEnter(qemu));
            ThrowIfLacking();
            return;
        }

        Choice = new ConfinementChoice(
            Confinement.None,
            wanted == Confinement.None
                ? ApiName.Option(nameof(GuestfsHandleOptions), nameof(GuestfsHandleOptions.Confinement))
                : $"left to the backend '{backend}'");
        ThrowIfLacking();
        if (backend == "direct")
        {
            _ = TryEnter(qemu);
        }
    }

    /// <summary>The launch is over: what the launcher has done is what holds.</summary>
    internal ConfinementChoice End()
    {
        if (directory is not null)
        {
            Report = directory.ReadReport();
            if (noFiles is null)
            {
                Decide(Report.NotConfined);
            }

            directory.Dispose();
            directory = null;
            if (!handle.Calls.IsClosing && handle.State == GuestfsState.Config)
            {
                RestoreHypervisor();
            }
        }

        return Choice!;
    }

    /// <summary>Whether everything holds that was asked for.</summary>
    /// <exception cref="GuestfsLaunchException">It does not.</exception>
    internal void ThrowIfLacking()
    {
        if (wanted is { } asked && (asked & ~Choice!.Confinement) is var lacking and not Confinement.None)
        {
            throw LaunchDiagnosis.WithoutConfinement(lacking, Choice.Reason).ToException(0, "launch: qemu cannot be confined.", []);
        }
    }

    private bool IsWanted(Confinement confinement) => wanted?.HasFlag(confinement) != false;

    private void Decide(string? openBecause) => Choice = new ConfinementChoice(
        (noFilter is null ? Confinement.SystemCalls : Confinement.None) | (openBecause is null ? Confinement.Files : Confinement.None),
        (noFilter ?? $"{SystemCallFilter.Option} {SystemCallFilter.Value}")
        + (openBecause is not null ? $"; all files and the network are open to it: {openBecause}"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"; no files but the handle's, {(hasNetwork ? "and the network" : "and no network")} (Landlock {Landlock.Version})")));

    // Puts the launcher in qemu's place, where possible also if it is not to confine it: it mends qemu's arguments. Why there is no
    // confinement to files; null if there is.
    private string? TryEnter(string qemu)
    {
        noFiles = Plan(qemu, out IEnumerable<string> rules);

        // What is not there, libguestfs tells.
        if (noFiles is null || File.Exists(qemu))
        {
            string? noLauncher = PutLauncher(qemu, rules.Concat(ResumeRules()));
            noFiles ??= noLauncher;
        }

        return noFiles;
    }

    // Why qemu cannot be confined to files; null if it can, by these rules.
    private string? Plan(string qemu, out IEnumerable<string> rules)
    {
        rules = ["u"];
        if (!IsWanted(Confinement.Files))
        {
            return "this was not asked for";
        }

        if (Landlock.Version == 0)
        {
            return "this kernel has no Landlock, or it is turned off";
        }

        if (!ProgramFile.TryRead(qemu, out string? loader))
        {
            return $"{qemu} is not a program but a script perhaps, and what it runs is not known";
        }

        if (wanted is null && !HostFiles.IsOfSystem(qemu))
        {
            return $"{qemu} is not where the system has its programs, and where its files are is not known";
        }

        DiskFiles disks = DiskFiles.Of(handle.DebugDrives());
        if (disks.Unknown is { } unknown)
        {
            return unknown;
        }

        // With that setting qemu waits for a debugger on a port.
        hasNetwork = disks.NeedsNetwork || handle.GetNetwork()
            || handle.GetBackendSettings().Any(setting => setting == "gdb" || setting.StartsWith("gdb=", StringComparison.Ordinal));
        rules = Rules(qemu, loader ?? HostFiles.LoaderOf(qemu), disks);
        return null;
    }

    // Why that cannot be; null if it is done.
    private string? PutLauncher(string qemu, IEnumerable<string> rules)
    {
        if (!Launcher.Exists)
        {
            return "there is no launcher for this processor";
        }

        string ownDirectory = PrivateDirectory.OfUser(HostEnvironment.Variable);
        if (PrivateDirectory.TryOfUser() is null || Launcher.Find(ownDirectory, new FileInfo(qemu)) is not { } program)
        {
            return $"no program can be put into {ownDirectory} and run there";
        }

        directory = LaunchDirectory.TryCreate(program, qemu, rules);
        if (directory is null)
        {
            return "there is no directory for temporary files (TMPDIR, /var/tmp)";
        }

        handle.SetHv(directory.Hypervisor);
        string name = directory.Hypervisor;
        (launcher, hypervisor) = (name, qemu);
        rename = message => message.Replace(name, qemu, StringComparison.Ordinal);
        return null;
    }

    private IEnumerable<string> ResumeRules() =>
    [
        .. ownArguments.Select(argument => $"o{argument}"),
        .. Resumed is null ? (string[])[] : [$"s{Resumed.Directory}", $"r{Resumed.Root}"],
        .. KeepsArguments ? (string[])["a"] : [],
    ];

    // native/launcher/launcher.c explains the letters.
    private IEnumerable<string> Rules(string qemu, string? loader, DiskFiles disks)
    {
        IEnumerable<string> read = [.. HostFiles.Read, .. HostFiles.Beside(qemu), .. hasNetwork ? HostFiles.Network : []];
        return
        [
            .. loader is null ? (string[])[] : [$"x{loader}"],
            .. read.Select(file => $"r{file}"),
            .. HostFiles.Devices.Select(file => $"w{file}"),
            .. disks.Files.Select(file => (file.Value ? "w" : "r") + file.Key),
            .. hasNetwork ? (string[])["n"] : [],
            .. wanted is null ? (string[])[] : ["m"],
        ];
    }

    // The user may have chosen another one meanwhile.
    private void RestoreHypervisor()
    {
        if (launcher is not null)
        {
            handle.SetHv(handle.GetHv());
            launcher = null;
        }
    }
}

// What a launch needs of this host, looked at without a launch: libguestfs, qemu, memory, directories, and what may forbid something.
using System.Globalization;

using Guestfs.Appliances;
using Guestfs.Cli.Output;
using Guestfs.Interop;

namespace Guestfs.Cli.Diagnosis;

/// <summary>Looks at the host.</summary>
internal static class HostExamination
{
    // Free space, below which a session that copies anything gets into trouble.
    private const long LittleSpace = 1L << 30;

    private const string Unlimited = "unlimited";

    /// <summary>The library, which everything else is asked of.</summary>
    internal static Finding Library()
    {
        try
        {
            GuestfsLibrary.Load();
            using GuestfsHandle g = new(new GuestfsHandleOptions());
            GuestfsVersion version = g.Version();
            return Finding.Good(
                "libguestfs",
                string.Create(
                    CultureInfo.InvariantCulture, $"{version.Major}.{version.Minor}.{version.Release}{version.Extra}, {LoadedFile()}")
                + (GuestfsLibrary.Bundle is { } bundle ? $", of the bundle {bundle}" : ""));
        }
        catch (DllNotFoundException e)
        {
            // Where it was looked for, a line each, and in the last line what to do.
            int end = e.Message.LastIndexOf('\n');
            return end < 0
                ? new Finding("libguestfs", Condition.Problem, e.Message)
                : new Finding("libguestfs", Condition.Problem, e.Message[..end].ReplaceLineEndings(" "), e.Message[(end + 1)..]);
        }
        catch (GuestfsException e)
        {
            // It reads all of them when a handle is made, and refuses what it does not understand.
            return new Finding("environment", Condition.Problem, e.Message, "Correct or unset that variable: LIBGUESTFS_* or TMPDIR.");
        }
    }

    /// <summary>All else, in the order in which a launch needs it.</summary>
    internal static IEnumerable<Finding> All(GuestfsHandle g)
    {
        yield return Hypervisor(g);
        yield return Backend(g);
        yield return Memory(g);
        yield return Space("temporary files", g.GetTmpdir(), "TMPDIR");
        yield return Space("cache", ApplianceCache.DefaultDirectory, "LIBGUESTFS_CACHEDIR");
        yield return Network();
        yield return Host();
        if (Security() is { } security)
        {
            yield return security;
        }

        if (Environment.ProcessId == 1)
        {
            yield return new Finding(
                "process 1", Condition.Notice, "gfs is the first process of a container: nobody collects processes that lost their parent.",
                "Start the container with an init: docker run --init, or podman run --init.");
        }
    }

    // The dynamic linker was given a name; the kernel knows the file.
    private static string LoadedFile() =>
        Lines("/proc/self/maps").FirstOrDefault(line => line.Contains("/libguestfs.so", StringComparison.Ordinal)) is { } line
            ? line[line.IndexOf('/', StringComparison.Ordinal)..]
            : GuestfsLibrary.LoadedFrom!;

    private static Finding Hypervisor(GuestfsHandle g)
    {
        string name = g.GetHv();
        if (HostProgram.Find(name, ProcessInput.Variable("PATH")) is not { } program)
        {
            return new Finding(
                "qemu", Condition.Problem, $"There is no '{name}'.",
                "Install it (Debian and Ubuntu: apt install qemu-system-x86; Fedora: dnf install qemu-kvm; Arch: pacman -S qemu-base), "
                + "name another one in LIBGUESTFS_HV, or use a bundle: gfs bundle --help.");
        }

        // .NET would collect libguestfs' processes, too, from then on.
        return Finding.Good("qemu", Environment.ProcessId == 1 ? program : $"{VersionOf(program)}, {program}");
    }

    private static string VersionOf(string program)
    {
        string text = "";
        _ = new CommandRunner(ProcessInput.Variable("PATH")).Run(
            [program, "--version"], directory: null, output => text = new StreamReader(output).ReadToEnd(), readError: null,
            CancellationToken.None);

        // QEMU emulator version 7.2.22 (Debian 1:7.2+dfsg-7+deb12u18)
        string[] words = text.Split('\n')[0].Split(' ', 5);
        return words is [_, _, "version", var version, ..] ? version : "of unknown version";
    }

    private static Finding Backend(GuestfsHandle g)
    {
        string backend = g.GetBackend();
        string[] sockets =
        [
            "/run/libvirt/libvirt-sock", "/run/libvirt/virtqemud-sock",
            $"{ProcessInput.Variable("XDG_RUNTIME_DIR")}/libvirt/libvirt-sock",
            $"{ProcessInput.Variable("XDG_RUNTIME_DIR")}/libvirt/virtqemud-sock",
        ];
        string? socket = sockets.FirstOrDefault(File.Exists);
        string settings = string.Join(' ', g.GetBackendSettings());
        string text = $"{backend}{(settings.Length > 0 ? $" ({settings})" : "")}; libvirt "
            + (socket is null ? "does not run" : $"answers at {socket}");
        return backend.StartsWith("libvirt", StringComparison.Ordinal) && socket is null
            ? new Finding("backend", Condition.Notice, text, "Where libvirt does not start by itself: LIBGUESTFS_BACKEND=direct.")
            : Finding.Good("backend", text);
    }

    private static Finding Memory(GuestfsHandle g)
    {
        const string Subject = "memory";
        long needed = (long)g.GetMemsize() << 20;
        (long Bytes, string Limit)[] limits =
        [
            (Field("/proc/meminfo", "MemAvailable:") * 1024 ?? long.MaxValue, "of the host"),
            (ControlGroupRoom() ?? long.MaxValue, "of this control group (a container's limit)"),
            (Field("/proc/self/limits", "Max address space") ?? long.MaxValue, "of addresses of this process (ulimit -v)"),
        ];
        (long free, string limit) = limits.MinBy(l => l.Bytes);
        string text = $"{HumanSize.Of(free)} {limit}; the appliance may take {HumanSize.Of(needed)}";
        return free >= needed ? Finding.Good(Subject, text) : new Finding(
            Subject, Condition.Notice, text,
            "Free memory or raise the limit, or give the appliance less, as in --memory 512 or LIBGUESTFS_MEMSIZE=512.");
    }

    private static long? ControlGroupRoom()
    {
        string? group = Lines("/proc/self/cgroup").FirstOrDefault(line => line.StartsWith("0::/", StringComparison.Ordinal))?[3..];
        long? least = null;
        for (string? at = group; at is not null; at = at == "/" ? null : Path.GetDirectoryName(at))
        {
            string directory = $"/sys/fs/cgroup{at.TrimEnd('/')}";
            if (Number(Lines($"{directory}/memory.max").FirstOrDefault()) is { } most
                && Number(Lines($"{directory}/memory.current").FirstOrDefault()) is { } used)
            {
                // What was read from files goes when it is needed for something else.
                long room = most - used + (Field($"{directory}/memory.stat", "file ") ?? 0);
                least = Math.Min(least ?? long.MaxValue, Math.Max(room, 0));
            }
        }

        return least;
    }

    private static Finding Space(string subject, string directory, string variable)
    {
        string remedy = $"Name another directory in {variable}.";
        try
        {
            // Made when it is first needed.
            string existing = directory;
            while (!Directory.Exists(existing))
            {
                existing = Path.GetDirectoryName(existing) ?? "/";
            }

            if (!HostCalls.CanWriteInto(existing))
            {
                return new Finding(subject, Condition.Problem, $"{directory} cannot be written by user {HostEnvironment.User}.", remedy);
            }

            long free = new DriveInfo(existing).AvailableFreeSpace;
            string text = $"{directory}, {HumanSize.Of(free)} free";
            return free >= LittleSpace ? Finding.Good(subject, text) : new Finding(
                subject, Condition.Notice, text, $"Free some space. {remedy}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ApplianceException)
        {
            return new Finding(subject, Condition.Problem, e.Message, remedy);
        }
    }

    private static Finding Network() => Finding.Good(
        "network",
        HostProgram.Find("passt", ProcessInput.Variable("PATH")) is { } passt
            ? $"{passt}, where an appliance is given a network and libguestfs knows it (1.52)"
            : "qemu's own, where an appliance is given one; passt is not installed");

    private static Finding Host()
    {
        string text = $"Linux {Lines("/proc/sys/kernel/osrelease").FirstOrDefault()}, {Environment.ProcessorCount} processors";
        string? model = Lines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
        return Finding.Good("host", model?.Split(':', 2) is [_, var name] ? $"{text} ({name.Trim()})" : text);
    }

    // What denies things without saying so to who asked. Only a launch shows whether it matters.
    private static Finding? Security()
    {
        List<string> found = [];
        if (Lines("/sys/fs/selinux/enforce").FirstOrDefault() == "1")
        {
            found.Add($"SELinux is enforcing (this process: {Label()}); what it denied: ausearch -m avc");
        }
        else if (Lines("/sys/module/apparmor/parameters/enabled").FirstOrDefault() == "Y" && Label() is var profile and not "unconfined")
        {
            found.Add($"the AppArmor profile {profile} is in force; what it denied is in the kernel's log");
        }

        if (Field("/proc/self/status", "Seccomp:") == 2)
        {
            found.Add("a filter of system calls is in force, as in most containers");
        }

        if (Field("/proc/self/status", "NoNewPrivs:") == 1)
        {
            found.Add("programs get no new privileges");
        }

        return found.Count == 0 ? null : Finding.Good("security", string.Join("; ", found));

        static string Label() => Lines("/proc/self/attr/current").FirstOrDefault()?.Trim('\0') ?? "unknown";
    }

    // The number after a word at the beginning of a line.
    private static long? Field(string file, string name) =>
        Lines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal)) is { } line
            ? Number(line[name.Length..].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).FirstOrDefault())
            : null;

    private static long? Number(string? text) => text is not Unlimited
        && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;

    private static string[] Lines(string file)
    {
        try
        {
            return File.ReadAllLines(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}

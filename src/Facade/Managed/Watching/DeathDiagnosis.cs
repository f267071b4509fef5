using System.Globalization;

using Guestfs.Interop;

namespace Guestfs;

/// <summary>Why an appliance ended.</summary>
/// <param name="Cause">Which of the known causes.</param>
/// <param name="Text">In words, one or more whole sentences.</param>
/// <param name="Remedy">What to do; null where nothing is known to help.</param>
internal sealed record DeathFinding(ApplianceDeath Cause, string Text, string? Remedy)
{
    /// <summary>The exception that tells it.</summary>
    /// <param name="operation">The function that was running.</param>
    /// <param name="errno">libguestfs' error number.</param>
    /// <param name="message">What libguestfs says.</param>
    /// <param name="console">The console's last lines.</param>
    internal GuestfsApplianceDiedException ToException(string operation, int errno, string message, IReadOnlyList<string> console) => new(
        operation,
        errno,
        $"{operation}: the appliance ended during this call. {Text} What was written and not flushed "
        + $"{ApiName.Of("(Sync, Shutdown) ", "(gfs_sync(), gfs_shutdown()) ")}may be lost. "
        + $"{(Remedy is null ? "" : Remedy + " ")}{ApiName.Again}. (libguestfs: {message.Split('\n')[0]})",
        Cause,
        Remedy,
        console);
}

/// <summary>Explains the end of an appliance from what was seen of it.</summary>
internal static class DeathDiagnosis
{
    /// <summary>The cause, as far as the facts show one: what is certain first.</summary>
    /// <param name="facts">What was seen.</param>
    /// <param name="operation">The function that was running.</param>
    /// <param name="message">What libguestfs says.</param>
    internal static DeathFinding Explain(ApplianceFacts facts, string operation, string message)
    {
        // libguestfs has waited for qemu itself, if that was not seen: it tells a number, in the user's language.
        ProcessEnd? end = facts.End ?? EndIn(message, facts.Hypervisor);
        return OfDisk(facts.Disk)
            ?? OfMachine(facts)
            ?? OfSignal(facts, end)
            ?? OfGuest(facts, operation)
            ?? OfHypervisor(facts, end)
            ?? Abrupt(facts)
            ?? new DeathFinding(ApplianceDeath.Unknown, "Nothing shows why.", null);
    }

    private static DeathFinding? OfDisk(DiskFault? fault)
    {
        if (fault is not { Stopped: true })
        {
            return null;
        }

        return fault.IsFull
            ? new DeathFinding(
                ApplianceDeath.HostDiskFull,
                $"The host has no room for {What(fault)}{Free(fault)}: qemu stopped the machine.{HandlerThrew(fault)}",
                fault.BackingFile is null
                    ? "Make room there."
                    : $"Make room there, or choose another directory {ApiName.Setting(nameof(GuestfsHandle.SetTmpdir), "TMPDIR")}.")
            : new DeathFinding(
                ApplianceDeath.HostDiskFailed,
                $"{Failed(fault)} qemu stopped the machine.",
                "See to what the image is stored on.");
    }

    /// <summary>What is known of a disk that failed while the appliance went on, in a whole sentence.</summary>
    internal static string Describe(DiskFault fault) =>
        fault.IsFull ? $"The host has no room for {What(fault)}{Free(fault)}." : Failed(fault);

    private static string Failed(DiskFault fault) =>
        $"The host could not have {What(fault)} {(fault.IsWrite ? "written" : "read")}"
        + $"{(fault.Reason is { Length: > 0 } reason ? $": {reason}" : "")}.";

    private static string What(DiskFault fault) => fault.File is null ? $"the disk {fault.Device}"
        : fault.BackingFile is null ? fault.File
        : $"{fault.File}, the overlay that takes what is written to {fault.BackingFile}";

    private static string HandlerThrew(DiskFault fault) => fault.Handler is null ? ""
        : $" {nameof(GuestfsHandle.DiskFullHandler)} threw {fault.Handler.GetType()}: {fault.Handler.Message.TrimEnd('.')}.";

    // Where the file is, and what room is left there.
    private static string Free(DiskFault fault) => fault.AvailableBytes() is { } free
        ? string.Create(CultureInfo.InvariantCulture, $" ({free} bytes are free in {fault.Directory})")
        : "";

    private static DeathFinding? OfMachine(ApplianceFacts facts) => !facts.HasMachineFailed ? null : new DeathFinding(
        ApplianceDeath.HypervisorCrashed,
        "qemu stopped the machine, because a processor of it could not go on (internal error)"
        + $"{(Line(facts, "KVM") is { } line ? $": {line}" : "")}.",
        "Use emulation: "
        + $"{ApiName.Choice(nameof(GuestfsHandleOptions), nameof(GuestfsHandleOptions.Accelerator), nameof(Accelerator.Tcg))}.");

    private static DeathFinding? OfSignal(ApplianceFacts facts, ProcessEnd? end)
    {
        if (facts.ShutdownReason == "host-signal")
        {
            return new DeathFinding(
                ApplianceDeath.HypervisorKilled, "Somebody asked qemu to end, with a signal such as SIGTERM.",
                "Find out who or what ends processes there.");
        }

        if (end is not { Signal: > 0 and var signal })
        {
            return null;
        }

        string name = Describe(signal);
        if (signal is Libc.SIGKILL && facts.HostKilledForMemory)
        {
            return new DeathFinding(
                ApplianceDeath.HostOutOfMemory,
                $"The host had too little memory: its kernel killed qemu with {name}.",
                "Raise the memory limit of this process's control group or container, run fewer appliances at a time, "
                + "or give each less memory "
                + $"with {ApiName.Function(nameof(GuestfsHandle.SetMemsize))}.");
        }

        // With the option -sandbox, a system call that is denied ends it.
        if (signal is Libc.SIGSYS)
        {
            return new DeathFinding(
                ApplianceDeath.HypervisorKilled,
                $"qemu made a system call that its confinement denies, and was ended by {name}.",
                $"If the disk is not hostile, arguments that {ApiName.Function(nameof(GuestfsHandle.Config))} added may need it: "
                + $"{ApiName.Option(nameof(GuestfsHandleOptions), nameof(GuestfsHandleOptions.Confinement))} turns the confinement off.");
        }

        return signal is Libc.SIGKILL or Libc.SIGTERM or Libc.SIGINT or Libc.SIGHUP
            ? new DeathFinding(
                ApplianceDeath.HypervisorKilled,
                $"qemu was killed by {name}.",
                "Find out who or what kills processes there; the kernel's log names those that it killed for memory.")
            : new DeathFinding(
                ApplianceDeath.HypervisorCrashed, $"qemu crashed with {name}{Said(facts)}.",
                "Try another version of qemu, and report this to its makers.");
    }

    private static DeathFinding? OfGuest(ApplianceFacts facts, string operation)
    {
        string? panic = Line(facts, "Kernel panic - not syncing");
        string? killed = facts.Console.LastOrDefault(
            line => line.Contains("Out of memory: Killed process", StringComparison.Ordinal)
                && line.Contains("(guestfsd)", StringComparison.Ordinal));
        if (killed is not null || panic?.Contains("memory", StringComparison.OrdinalIgnoreCase) == true)
        {
            return new DeathFinding(
                ApplianceDeath.GuestOutOfMemory,
                $"The appliance has too little memory for {operation}: {killed ?? panic}.",
                $"Give it more with {ApiName.Function(nameof(GuestfsHandle.SetMemsize))}.");
        }

        if (panic is not null)
        {
            return new DeathFinding(
                ApplianceDeath.KernelPanicked, $"The appliance's kernel panicked: {panic}.", "Build the appliance with another kernel.");
        }

        return (Line(facts, "guestfsd was killed by signal") ?? WordOfStockInit(facts)) is { } signal
            ? new DeathFinding(ApplianceDeath.DaemonEnded, $"The appliance's daemon crashed in {operation}: {signal}.", Report(operation))
            : facts.ShutdownReason is { } reason && reason.StartsWith("guest-", StringComparison.Ordinal)
            ? new DeathFinding(
                ApplianceDeath.DaemonEnded, $"The appliance's daemon ended in {operation}, and the appliance with it.", Report(operation))
            : null;
    }

    // The shell that is init there tells of the daemon, which has no name for it: "/init: line 260:   152 Aborted      $cmd".
    private static string? WordOfStockInit(ApplianceFacts facts)
    {
        const string begin = "/init: line ", end = "$cmd";
        string? line = facts.Console.LastOrDefault(
            line => line.StartsWith(begin, StringComparison.Ordinal) && line.EndsWith(end, StringComparison.Ordinal));
        string? word = line?[begin.Length..^end.Length].Split(':', 2)[^1].Trim().TrimStart("0123456789".ToCharArray()).Trim();
        return string.IsNullOrEmpty(word) ? null : word;
    }

    // What ends by its own will, or because its guest has ended, says so to whom it is connected to.
    private static DeathFinding? Abrupt(ApplianceFacts facts) => !facts.IsConnectionLost ? null : new DeathFinding(
        ApplianceDeath.HypervisorKilled,
        "qemu ended without a word, by a signal that was not seen: somebody killed it, or it crashed.",
        "Find out who or what kills processes there; the kernel's log names those that it killed for memory, and those that crashed.");

    private static string Report(string operation) =>
        $"A disk that is damaged, or made to do so, can crash it in {operation}. "
        + "Do without that function on this disk, or try another libguestfs.";

    private static DeathFinding? OfHypervisor(ApplianceFacts facts, ProcessEnd? end) => end is { Status: > 0 and var status }
        ? new DeathFinding(
            ApplianceDeath.HypervisorCrashed,
            string.Create(CultureInfo.InvariantCulture, $"qemu gave up, with exit status {status}{Said(facts)}."),
            null)
        : null;

    private static string Said(ApplianceFacts facts) => facts.HypervisorLine is { } line ? $": {line}" : "";

    private static string? Line(ApplianceFacts facts, string text) =>
        facts.Console.LastOrDefault(line => line.Contains(text, StringComparison.Ordinal));

    /// <summary>The number that a message about the end of a program has: "... killed by signal 11 ...", in any language.</summary>
    /// <param name="message">The message.</param>
    /// <param name="program">The name of the program, which the message has too.</param>
    /// <returns>Null if the message is not about the program.</returns>
    internal static int? NumberIn(string message, string program)
    {
        string first = message.Split('\n')[0];
        if (!first.Contains(program, StringComparison.Ordinal))
        {
            return null;
        }

        foreach (string word in first.Replace(program, " ", StringComparison.Ordinal).Split(
            [' ', '.', '(', ')', ',', ':'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is > 0 and < 128)
            {
                return number;
            }
        }

        return null;
    }

    // qemu exits with 1 alone, and signal 1 it takes for a request to shut down.
    private static ProcessEnd? EndIn(string message, string hypervisor) => NumberIn(message, hypervisor) is not { } number ? null
        : number == 1 ? new ProcessEnd(0, 1) : new ProcessEnd(number, 0);

    /// <summary>A signal, in words: its number and its name.</summary>
    internal static string Describe(int signal) => $"signal {signal} ({NameOf(signal)})";

    private static string NameOf(int signal) => signal switch
    {
        Libc.SIGHUP => "SIGHUP",
        Libc.SIGINT => "SIGINT",
        Libc.SIGILL => "SIGILL",
        Libc.SIGABRT => "SIGABRT",
        Libc.SIGBUS => "SIGBUS",
        Libc.SIGFPE => "SIGFPE",
        Libc.SIGKILL => "SIGKILL",
        Libc.SIGSEGV => "SIGSEGV",
        Libc.SIGTERM => "SIGTERM",
        Libc.SIGSYS => "SIGSYS",
        _ => "another one",
    };
}

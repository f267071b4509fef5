namespace Guestfs;

/// <summary>What is known of an appliance that has ended, or has had trouble.</summary>
internal sealed record ApplianceFacts
{
    /// <summary>The name of the qemu.</summary>
    internal required string Hypervisor { get; init; }

    /// <summary>The last disk that failed.</summary>
    internal DiskFault? Disk { get; init; }

    /// <summary>Why qemu says that it ended the machine, a word such as <c>guest-reset</c>; null if it did not say so.</summary>
    internal string? ShutdownReason { get; init; }

    /// <summary>Whether a processor of the machine could not go on, as qemu says: its state was <c>internal-error</c>.</summary>
    internal bool HasMachineFailed { get; init; }

    /// <summary>Whether qemu was connected, and the connection has ended without a word of a shutdown.</summary>
    internal bool IsConnectionLost { get; init; }

    /// <summary>How qemu ended; null if that was not seen.</summary>
    internal ProcessEnd? End { get; init; }

    /// <summary>Whether the host has killed processes of this one's control group for memory meanwhile.</summary>
    internal bool HostKilledForMemory { get; init; }

    /// <summary>The last lines of the console; qemu's own messages are among them.</summary>
    internal IReadOnlyList<string> Console { get; init; } = [];

    /// <summary>What qemu itself said last; null if nothing.</summary>
    // qemu and perror(3) begin with the program's name; the command line that a verbose launch shows does not go on with a colon.
    internal string? HypervisorLine => Console.LastOrDefault(
        line => line.StartsWith(Hypervisor + ": ", StringComparison.Ordinal)
            || line.StartsWith(Path.GetFileName(Hypervisor) + ": ", StringComparison.Ordinal)
            || (line.StartsWith("qemu", StringComparison.Ordinal) && line.Split(' ')[0].EndsWith(':')));
}

using Guestfs.Interop;

namespace Guestfs;

/// <summary>What was seen of a failed launch, and the settings it was made with.</summary>
internal sealed record LaunchEvidence
{
    /// <summary>libguestfs' errors, in their order. Their words are those of the user's language.</summary>
    internal required IReadOnlyList<LaunchError> Errors { get; init; }

    /// <summary>What the watch has seen.</summary>
    internal required ApplianceFacts Appliance { get; init; }

    /// <summary>What is known of qemu's end, if it did end.</summary>
    internal required DeathFinding Death { get; init; }

    /// <summary>The disks: what guestfs_debug_drives(3) told before the launch.</summary>
    internal required IReadOnlyList<string> Drives { get; init; }

    /// <summary>The handle's appliance search path.</summary>
    internal required string Path { get; init; }

    /// <summary>The handle's backend.</summary>
    internal required string Backend { get; init; }

    /// <summary>Where supermin puts the appliance it builds.</summary>
    internal required string CacheDirectory { get; init; }

    /// <summary>Where overlays of disks are made.</summary>
    internal required string TemporaryDirectory { get; init; }

    /// <summary>Where sockets are made.</summary>
    internal required string SocketDirectory { get; init; }

    /// <summary>The memory of the appliance, in MiB.</summary>
    internal required int Memory { get; init; }

    /// <summary>After which time this library ended the launch; null if it did not.</summary>
    internal TimeSpan? EndedAfter { get; init; }

    /// <summary>What it was ended for by this library because it stood still; null if it was not.</summary>
    internal Stall? Stall { get; init; }

    /// <summary>How long the launch took.</summary>
    internal required TimeSpan Duration { get; init; }

    /// <summary>The option or setting by which the user asked for KVM; null if nobody did.</summary>
    internal required string? KvmDemand { get; init; }

    /// <summary>Whether the handle was verbose.</summary>
    internal required bool IsVerbose { get; init; }

    /// <summary>Whether qemu itself is started by libguestfs, so that its files and messages are here to be seen.</summary>
    internal bool IsDirect => Backend is "direct" or "appliance";

    /// <summary>Whether qemu got as far as connecting to libguestfs, which it does after it has read its arguments.</summary>
    // Its end is this error of libguestfs, whose number no other one has.
    internal bool Connected => Errors.Any(error => error.Errno == Libc.EPIPE);

    /// <summary>The number of an error's words that name a program: its exit status, or the signal that ended it; null if none is
    /// about it.</summary>
    internal int? EndOf(string program) =>
        Errors.Select(error => DeathDiagnosis.NumberIn(error.Message, program)).FirstOrDefault(n => n > 0);

    /// <summary>The first line of the console, or of the errors, with one of these texts in it.</summary>
    // Of qemu, the kernel, or init, whose words are not translated. libvirt puts qemu's words into libguestfs' errors.
    internal string? Line(params ReadOnlySpan<string> texts)
    {
        foreach (string line in Appliance.Console.Concat(Errors.Select(error => error.Message)))
        {
            foreach (string text in texts)
            {
                if (line.Contains(text, StringComparison.OrdinalIgnoreCase))
                {
                    return line.Split('\n')[0].Trim();
                }
            }
        }

        return null;
    }
}

using Guestfs.Interop;

namespace Guestfs.Cli;

/// <summary>What the program's end tells a script.</summary>
internal static class ExitCode
{
    /// <summary>All was done.</summary>
    internal const int Done = 0;

    /// <summary>It was done, and there are differences, or nothing was found: what <c>verify</c> says of a damaged file, too.</summary>
    internal const int Different = 1;

    /// <summary>The command line is wrong.</summary>
    internal const int Usage = 2;

    /// <summary>A disk cannot be opened.</summary>
    internal const int Disk = 3;

    /// <summary>There is no appliance, or it did not start.</summary>
    internal const int Appliance = 4;

    /// <summary>An operation failed, in the guest or on this host.</summary>
    internal const int Failed = 5;

    /// <summary>A part was done; what was left out was told.</summary>
    internal const int Partly = 6;

    /// <summary>Added to the number of the signal that ended it.</summary>
    internal const int Signalled = 128;

    /// <summary>What they mean, for the manual.</summary>
    internal static IReadOnlyList<(int Code, string Text)> Meanings { get; } =
    [
        (Done, "It is done."),
        (Different, "It is done; nothing was found, or something is not as it should be."),
        (Usage, "The command line is wrong."),
        (Disk, "A disk cannot be opened."),
        (Appliance, "The appliance did not start."),
        (Failed, "An operation failed, in the guest or on the host."),
        (Partly, "A part was done; standard error tells what was left out."),
        (Signalled + Libc.SIGINT, "It was interrupted."),
    ];
}

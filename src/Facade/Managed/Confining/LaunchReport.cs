namespace Guestfs;

/// <summary>What the launcher has done with a launch.</summary>
internal sealed class LaunchReport
{
    /// <summary>Why it has not confined qemu; null if it has.</summary>
    internal string? NotConfined { get; set; } = "qemu was not started";

    /// <summary>Whether it has had qemu resume a saved machine.</summary>
    internal bool HasResumed { get; set; }

    /// <summary>Why not: the argument that is not as it was, or what failed. Null if it has, or was not to.</summary>
    internal string? NotResumed { get; set; }

    /// <summary>libguestfs' arguments to the value of <c>-append</c>, where they were asked for.</summary>
    internal required IReadOnlyList<string> Arguments { get; init; }
}

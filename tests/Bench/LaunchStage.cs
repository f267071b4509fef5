namespace Guestfs.Bench;

/// <summary>A part of a launch, ended by a line on the appliance's console.</summary>
/// <param name="Name">What happens in it.</param>
/// <param name="EndsWith">What the line that ends it contains; null for the end of the launch.</param>
internal sealed record LaunchStage(string Name, string? EndsWith)
{
    /// <summary>All stages, in order. Upstream's appliance and ours print these lines alike.</summary>
    internal static IReadOnlyList<LaunchStage> All { get; } =
    [
        new("qemu, firmware and kernel", "mini initrd starting up"),
        new("drivers and root", "Starting /init script"),
        new("init", "guestfsd"),
        new("guestfsd", null),
    ];
}

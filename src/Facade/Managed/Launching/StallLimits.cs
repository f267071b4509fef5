namespace Guestfs;

/// <summary>After how much of what a launch that gets no further is given up.</summary>
/// <param name="Processor">Processor time: on a busy host it passes slowly, and the launch is given the more time.</param>
/// <param name="Idle">Time in which it does not even use the processor.</param>
/// <param name="Stopped">Time for which the machine or qemu is stopped.</param>
/// <param name="Patience">How many times as long as the longest pause that it has recovered from it may pause, if that is more.</param>
internal sealed record StallLimits(TimeSpan Processor, TimeSpan Idle, TimeSpan Stopped, int Patience)
{
    /// <summary>
    /// Under emulation. A whole launch takes 3 to 15 s of processor time, and init waits up to two minutes for devices that do not
    /// appear.
    /// </summary>
    internal static StallLimits Emulated { get; } =
        new(TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(180), TimeSpan.FromSeconds(30), Patience: 10);

    /// <summary>Of a saved machine that is resumed. Where that is given up, the appliance is booted. It takes a second or so.</summary>
    internal static StallLimits Resumed { get; } =
        new(TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(5), Patience: 1);

    /// <summary>Under KVM, where a launch that is given up goes on with emulation. A whole launch takes a second or two.</summary>
    internal static StallLimits Virtualized { get; } =
        new(TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(5), Patience: 1);
}

using System.Globalization;

namespace Guestfs;

/// <summary>A launch that got no further.</summary>
/// <param name="Stage">Where.</param>
/// <param name="Kind">In what way.</param>
/// <param name="Time">How much of the time that its kind counts.</param>
internal sealed record Stall(LaunchStage Stage, StallKind Kind, TimeSpan Time)
{
    /// <summary>In words, one whole sentence.</summary>
    internal string Text
    {
        get
        {
            string place = Stage switch
            {
                LaunchStage.Appliance or LaunchStage.Qemu => "before the machine was made",
                LaunchStage.Kernel => "in the appliance's kernel, before it had read a disk",
                LaunchStage.Init => "in the appliance's init, before the daemon ran",
                _ => "in the appliance's daemon",
            };
            string what = Stage <= LaunchStage.Qemu ? "no program that it had started did anything"
                : "nothing came to the console, and no disk was read or written";
            string time = string.Create(CultureInfo.InvariantCulture, $"{Time.TotalSeconds:0} s");
            return Kind switch
            {
                StallKind.Stopped => $"The launch stood still {place}: qemu had been stopped for {time}, by a signal or a debugger.",
                StallKind.Paused => $"The launch stood still {place}: the machine had been paused for {time}.",
                StallKind.Busy => $"The launch stood still {place}: in {time} of processor time {what}.",
                _ => $"The launch stood still {place}: for {time} {what}, and the processor was not used.",
            };
        }
    }
}

/// <summary>In what way a launch gets no further.</summary>
internal enum StallKind
{
    /// <summary>It uses the processor.</summary>
    Busy,

    /// <summary>It waits.</summary>
    Idle,

    /// <summary>Its process is stopped.</summary>
    Stopped,

    /// <summary>Its machine is paused.</summary>
    Paused,
}

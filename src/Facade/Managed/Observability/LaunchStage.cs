namespace Guestfs;

/// <summary>What a launch is doing, in its order.</summary>
internal enum LaunchStage
{
    Appliance,
    Qemu,
    Kernel,
    Init,
    Daemon,
}

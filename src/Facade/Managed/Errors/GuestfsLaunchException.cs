// A launch that failed.
namespace Guestfs;

/// <summary>The appliance did not start.</summary>
public sealed class GuestfsLaunchException(int errno, string message, LaunchFailure failure)
    : GuestfsException("launch", errno, message)
{
    /// <summary>Which of the things that can go wrong did.</summary>
    public LaunchFailure Failure { get; } = failure;
}

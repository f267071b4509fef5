using Guestfs.Interop;

namespace Guestfs;

/// <summary>The appliance did not start.</summary>
public sealed class GuestfsLaunchException(
    int errno, string message, LaunchFailure failure, string? remedy, IReadOnlyList<string> console, Exception? innerException = null)
    : GuestfsException("launch", errno, message, innerException)
{
    /// <summary>Which of the things that can go wrong did.</summary>
    public LaunchFailure Failure { get; } = failure;

    /// <summary>What to do about it, which the message says too; null where nothing is known.</summary>
    public string? Remedy { get; } = remedy is null ? null : PrintableText.Of(remedy);

    /// <summary>The last lines of the appliance's console, with what qemu said; empty where it said nothing.</summary>
    public IReadOnlyList<string> Console { get; } = console;
}

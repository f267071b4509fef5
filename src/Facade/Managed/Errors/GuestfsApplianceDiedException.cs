using Guestfs.Interop;

namespace Guestfs;

/// <summary>
/// The appliance ended while this call needed it: qemu was killed, or its kernel or daemon crashed. The handle can only be
/// disposed; later calls throw <see cref="GuestfsStateException"/>.
/// </summary>
public sealed class GuestfsApplianceDiedException(
    string operation, int errno, string message, ApplianceDeath cause, string? remedy, IReadOnlyList<string> console)
    : GuestfsException(operation, errno, message)
{
    /// <summary>Which of the things that can go wrong did.</summary>
    public ApplianceDeath Cause { get; } = cause;

    /// <summary>What to do about it, which the message says too; null where nothing is known.</summary>
    public string? Remedy { get; } = remedy is null ? null : PrintableText.Of(remedy);

    /// <summary>The last lines of the appliance's console, with what qemu said; empty where it said nothing.</summary>
    public IReadOnlyList<string> Console { get; } = console;
}

namespace Guestfs;

/// <summary>The function cannot be called in the handle's present state: before launch, or after it.</summary>
public sealed class GuestfsStateException(string operation, int errno, string message, GuestfsState state)
    : GuestfsException(operation, errno, message)
{
    /// <summary>The state the handle was in.</summary>
    public GuestfsState State { get; } = state;
}

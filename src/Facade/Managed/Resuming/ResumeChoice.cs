namespace Guestfs;

/// <summary>Whether a launch has resumed a saved appliance.</summary>
/// <param name="Resumed">Whether it has; otherwise the appliance was booted.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record ResumeChoice(bool Resumed, string Reason);

namespace Guestfs;

/// <summary>Which accelerator a launch asks for.</summary>
/// <param name="Accelerator">What is used; <see cref="Accelerator.Auto"/> where the backend decides.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record AcceleratorChoice(Accelerator Accelerator, string Reason);

namespace Guestfs;

/// <summary>What was not extracted.</summary>
/// <param name="Path">Its path in the guest.</param>
/// <param name="Reason">Why.</param>
/// <param name="Detail">More: an error message, or where a link leads. As the guest has it, so any characters.</param>
public readonly record struct ExtractSkipped(string Path, ExtractSkipReason Reason, string Detail);

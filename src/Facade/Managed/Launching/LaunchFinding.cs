// What a failed launch comes down to.
namespace Guestfs;

/// <summary>The cause of a failed launch.</summary>
/// <param name="Failure">Which of the known ones.</param>
/// <param name="Cause">In words; null where nothing is known beyond libguestfs' own.</param>
/// <param name="Remedy">What to do; null where nothing is known to help.</param>
internal sealed record LaunchFinding(LaunchFailure Failure, string? Cause, string? Remedy);

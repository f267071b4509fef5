namespace Guestfs.Appliances.Repositories;

/// <summary>Why a run of the resolver failed.</summary>
/// <param name="Message">What is missing, or in conflict, and who needs it.</param>
/// <param name="Choice">The chosen package that led there, or null when there was no choice.</param>
internal sealed record ResolverFailure(string Message, string? Choice);

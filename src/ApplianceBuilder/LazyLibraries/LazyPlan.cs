namespace Guestfs.Appliances;

/// <summary>A plan whose libraries are loaded lazily where that is possible.</summary>
/// <param name="Files">The files.</param>
/// <param name="Libraries">What became of each library that was looked at, in the order in which the program needs them.</param>
internal sealed record LazyPlan(FilePlan Files, IReadOnlyList<LazyLibrary> Libraries);

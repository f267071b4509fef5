using Guestfs.Appliances.Plan;

namespace Guestfs.Appliances.LazyLibraries;

/// <summary>A plan with lazy libraries where they are possible.</summary>
/// <param name="Files">The files; the plan that was given where there are none.</param>
/// <param name="Libraries">What became of each library that was looked at, in the order in which the program needs them.</param>
internal sealed record LazyPlan(FilePlan Files, IReadOnlyList<LazyLibrary> Libraries);

using Guestfs.Generator.Model;

namespace Guestfs.Generator.Import;

/// <summary>The model that an upstream and the overlay give, and what is wrong with the overlay for it.</summary>
internal sealed record ImportedModel(ApiModel Model, IReadOnlyList<string> Undecided, IReadOnlyList<string> UnusedOverlay);

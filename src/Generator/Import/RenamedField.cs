// An entry of the overlay's 'renamedFields'.
namespace Guestfs.Generator.Import;

/// <summary>The name a field had before a version.</summary>
internal sealed record RenamedField(string FormerName, string Since);

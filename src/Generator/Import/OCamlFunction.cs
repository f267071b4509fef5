namespace Guestfs.Generator.Import;

/// <summary>The OCaml type of one function, without the handle.</summary>
internal sealed record OCamlFunction(IReadOnlyDictionary<string, string> Options, IReadOnlyList<string> Arguments, string Returns);

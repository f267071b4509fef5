// A library under examination: the first reason against it is kept.
using Guestfs.Appliances.Elf;

namespace Guestfs.Appliances.LazyLibraries;

/// <summary>A library that may come to be loaded lazily.</summary>
/// <param name="name">The name by which the program needs it.</param>
/// <param name="real">The library.</param>
internal sealed class LazyCandidate(string name, ElfObject real)
{
    private readonly SortedDictionary<string, DynamicSymbol> functions = new(StringComparer.Ordinal);

    /// <summary>The name by which the program needs it.</summary>
    internal string Name => name;

    /// <summary>The library.</summary>
    internal ElfObject Real => real;

    /// <summary>The functions that others use, by name and version.</summary>
    internal IReadOnlyCollection<DynamicSymbol> Functions => functions.Values;

    /// <summary>Why it must be loaded at the start; null as long as nothing is against it.</summary>
    internal string? Reason { get; private set; }

    /// <summary>Finds that it must be loaded at the start.</summary>
    internal void Refuse(string reason) => Reason ??= reason;

    /// <summary>Adds a function that others use.</summary>
    internal void Use(DynamicSymbol definition) => functions.TryAdd(definition.ToString(), definition);
}

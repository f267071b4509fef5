namespace Guestfs.Appliances.LazyLibraries;

/// <summary>What became of a library that a program could load lazily.</summary>
/// <param name="Name">The name by which the program needs it.</param>
/// <param name="RealPath">Where the library itself is; null where it was not looked at.</param>
/// <param name="Functions">How many of its functions load it when they are called.</param>
/// <param name="Reason">Why it is loaded at the start as ever; null when it is not.</param>
internal sealed record LazyLibrary(string Name, string? RealPath, int Functions, string? Reason)
{
    /// <summary>Whether it is loaded when it is first called.</summary>
    internal bool IsLazy => Reason is null;

    /// <summary>A line for people.</summary>
    public override string ToString() => IsLazy
        ? $"{Name}: loaded from {RealPath} by the first call of one of {Functions} functions"
        : $"{Name}: loaded at the start: {Reason}";
}

// What a package needs, as an expression: nearly always one relation, for dpkg a list of alternatives, for rpm anything.
namespace Guestfs.Appliances.Packages;

/// <summary>A dependency of a package.</summary>
internal sealed class PackageDependency
{
    private PackageDependency(DependencyOperator combination, PackageRelation? relation, IReadOnlyList<PackageDependency> parts)
    {
        Operator = combination;
        Relation = relation;
        Parts = parts;
    }

    /// <summary>How the parts belong together.</summary>
    internal DependencyOperator Operator { get; }

    /// <summary>The relation, of <see cref="DependencyOperator.One"/> only.</summary>
    internal PackageRelation? Relation { get; }

    /// <summary>The parts, of every other operator.</summary>
    internal IReadOnlyList<PackageDependency> Parts { get; }

    /// <summary>A dependency on one relation.</summary>
    internal static PackageDependency On(PackageRelation relation) => new(DependencyOperator.One, relation, []);

    /// <summary>A dependency made of others; of a single one it is that one.</summary>
    internal static PackageDependency Of(DependencyOperator combination, IReadOnlyList<PackageDependency> parts) =>
        parts.Count == 1 ? parts[0] : new(combination, null, parts);

    /// <inheritdoc/>
    public override string ToString() => Operator switch
    {
        DependencyOperator.One => Relation!.ToString(),
        DependencyOperator.Any => string.Join(" | ", Parts),
        DependencyOperator.All => $"({string.Join(" and ", Parts)})",
        DependencyOperator.With => $"({string.Join(" with ", Parts)})",
        DependencyOperator.Without => $"({Parts[0]} without {Parts[1]})",
        _ => $"({Parts[0]} if {Parts[1]}{(Parts.Count > 2 ? $" else {Parts[2]}" : "")})",
    };
}

/// <summary>How the parts of a dependency belong together. All but the first three exist only in rpm.</summary>
internal enum DependencyOperator
{
    /// <summary>No parts, but one relation.</summary>
    One,

    /// <summary>The first part that can be had.</summary>
    Any,

    /// <summary>Every part.</summary>
    All,

    /// <summary>The first part if the second holds, else the third if there is one.</summary>
    If,

    /// <summary>One package that meets all parts.</summary>
    With,

    /// <summary>One package that meets the first part and not the second.</summary>
    Without,
}

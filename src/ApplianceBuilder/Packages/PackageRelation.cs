namespace Guestfs.Appliances.Packages;

/// <summary>A name with a range of versions: what a package needs, or what it provides.</summary>
/// <param name="Name">A package, a virtual package, or for rpm also a file or a capability.</param>
/// <param name="Range">Which versions.</param>
/// <param name="Version">What the range is measured against; empty for every version.</param>
/// <param name="Architecture">dpkg's qualifier behind the colon (<c>any</c> or an architecture), or null.</param>
internal sealed record PackageRelation(string Name, VersionRange Range = VersionRange.Any, string Version = "", string? Architecture = null)
{
    /// <inheritdoc/>
    public override string ToString()
    {
        string name = Architecture is null ? Name : $"{Name}:{Architecture}";
        string sign = Range switch
        {
            VersionRange.Less => "<",
            VersionRange.LessOrEqual => "<=",
            VersionRange.Equal => "=",
            VersionRange.GreaterOrEqual => ">=",
            VersionRange.Greater => ">",
            _ => "",
        };
        return sign.Length == 0 ? name : $"{name} {sign} {Version}";
    }
}

/// <summary>Which versions a relation means, measured against its own version.</summary>
[Flags]
internal enum VersionRange
{
    /// <summary>Every version.</summary>
    Any = 0,

    /// <summary>Older ones.</summary>
    Less = 1,

    /// <summary>That one.</summary>
    Equal = 2,

    /// <summary>Newer ones.</summary>
    Greater = 4,

    /// <summary>That one and older ones.</summary>
    LessOrEqual = Less | Equal,

    /// <summary>That one and newer ones.</summary>
    GreaterOrEqual = Greater | Equal,
}

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

namespace Guestfs.Appliances.Packages;

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

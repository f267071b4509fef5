namespace Guestfs.Appliances.Packages;

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

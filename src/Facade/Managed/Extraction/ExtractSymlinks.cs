namespace Guestfs;

/// <summary>Which symbolic links of the guest are made on the host.</summary>
public enum ExtractSymlinks
{
    /// <summary>
    /// Those whose target is in the extracted tree, or would be if it existed, whatever else is extracted there before or
    /// after: not absolute ones, none that leave the tree on the way, by <c>..</c> or through other links, and none with a
    /// <c>..</c> behind a name that is no directory, for another link may take its place. The others are reported.
    /// </summary>
    Inside,

    /// <summary>None.</summary>
    None,

    /// <summary>All, with whatever target they have: reading the extracted tree may then lead anywhere on the host.</summary>
    All,
}

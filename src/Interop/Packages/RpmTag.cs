namespace Guestfs.Interop;

/// <summary>The tags of rpm's headers that are read here, rpmtag.h.</summary>
internal enum RpmTag
{
    /// <summary>MD5 of the package's header and payload, bytes.</summary>
    SigMd5 = 261,

    /// <summary>SHA-256 of the package's header, in hexadecimal; since rpm 4.14.</summary>
    Sha256Header = 273,

    /// <summary>Name.</summary>
    Name = 1000,

    /// <summary>Version.</summary>
    Version = 1001,

    /// <summary>Release.</summary>
    Release = 1002,

    /// <summary>Epoch, a number; most packages have none.</summary>
    Epoch = 1003,

    /// <summary>A line about it, in several languages, of which the first is English.</summary>
    Summary = 1004,

    /// <summary>A text about it, in the same languages.</summary>
    Description = 1005,

    /// <summary>The address of the project.</summary>
    Url = 1020,

    /// <summary>Architecture; keys that rpm keeps as packages have none.</summary>
    Arch = 1022,

    /// <summary>A word of flags for each file.</summary>
    FileFlags = 1037,

    /// <summary>What is provided.</summary>
    ProvideName = 1047,

    /// <summary>How the versions of what is required are compared, and what for it is required.</summary>
    RequireFlags = 1048,

    /// <summary>What is required.</summary>
    RequireName = 1049,

    /// <summary>Versions of what is required.</summary>
    RequireVersion = 1050,

    /// <summary>How the versions of what is provided are compared.</summary>
    ProvideFlags = 1112,

    /// <summary>Versions of what is provided.</summary>
    ProvideVersion = 1113,

    /// <summary>For each file the index of its directory in <see cref="DirNames"/>.</summary>
    DirIndexes = 1116,

    /// <summary>Names of files without directories.</summary>
    BaseNames = 1117,

    /// <summary>Directories, each with a slash at the end.</summary>
    DirNames = 1118,
}

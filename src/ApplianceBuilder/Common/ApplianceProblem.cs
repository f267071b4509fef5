namespace Guestfs.Appliances;

/// <summary>Why an appliance could not be built or used.</summary>
public enum ApplianceProblem
{
    /// <summary>An input is not what it should be: a skeleton file, an option, a package database.</summary>
    InvalidInput,

    /// <summary>A package that a list asks for, or that another package needs, is not available.</summary>
    MissingPackage,

    /// <summary>An archive is damaged, truncated, or contains what an archive must not contain.</summary>
    InvalidArchive,

    /// <summary>A signature or digest does not match.</summary>
    NotAuthentic,

    /// <summary>A download failed.</summary>
    DownloadFailed,

    /// <summary>There is no suitable kernel.</summary>
    NoKernel,

    /// <summary>A file of the host cannot be read.</summary>
    UnreadableFile,

    /// <summary>The filesystem of the cache or of the output is full.</summary>
    NoSpace,

    /// <summary>The output or cache cannot be written, for another reason.</summary>
    OutputFailed,

    /// <summary>A finished appliance does not match its manifest.</summary>
    Damaged,
}

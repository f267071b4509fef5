namespace Guestfs;

/// <summary>What ended an extraction.</summary>
public enum ExtractionProblem
{
    /// <summary>The host gave an error, such as a full disk.</summary>
    HostFailed,

    /// <summary><see cref="ExtractOptions.MaxTotalSize"/> is reached.</summary>
    TotalSizeLimit,

    /// <summary><see cref="ExtractOptions.MaxWrittenSize"/> is reached.</summary>
    WrittenSizeLimit,

    /// <summary><see cref="ExtractOptions.MaxEntries"/> is reached.</summary>
    EntryLimit,

    /// <summary><see cref="ExtractOptions.MaxDepth"/> is reached.</summary>
    DepthLimit,

    /// <summary>The host directory has the name already: <see cref="ExtractOptions.Overwrite"/>.</summary>
    TargetExists,

    /// <summary>Somebody else renamed, replaced or removed what was being extracted.</summary>
    TargetChanged,

    /// <summary>What was asked for needs a privilege that this process does not have.</summary>
    PrivilegeNeeded,
}

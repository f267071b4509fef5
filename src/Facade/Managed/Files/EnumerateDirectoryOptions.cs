namespace Guestfs;

/// <summary>How to walk a directory of the guest.</summary>
public readonly struct EnumerateDirectoryOptions
{
    /// <summary>Fills <see cref="GuestfsDirectoryEntry.Status"/>, with one call for a thousand entries (guestfs(3):
    /// <c>guestfs_lstatnslist</c>).</summary>
    public bool Status { get; init; }

    /// <summary>Goes into the directories below too: a directory comes before its entries. Symbolic links are never followed.</summary>
    public bool RecurseSubdirectories { get; init; }

    /// <summary>How many directories deep to go with <see cref="RecurseSubdirectories"/>: 0 is not at all, null has no limit.</summary>
    public int? MaxRecursionDepth { get; init; }

    /// <summary>Says for each directory whether to go into it; null goes into all.
    /// The directory itself is yielded in either case.</summary>
    public Func<GuestfsDirectoryEntry, bool>? ShouldRecurse { get; init; }

    /// <summary>
    /// Says whether to go on without an entry that cannot be examined, or without the (remaining) entries of a directory
    /// that cannot be read. Null goes on without what is not there any more or is no directory any more (errno ENOENT and ENOTDIR) and
    /// throws everything else. Where the walk begins, a directory that cannot be read, or not to its end, throws in any case.
    /// </summary>
    /// <remarks>
    /// In a damaged filesystem a directory may end with errno EIO (5), after the entries that could be read, and a second entry
    /// named <c>.</c> or <c>..</c>, which is never yielded, has EUCLEAN (117). An asynchronous walk asks on
    /// the thread that makes the handle's calls.
    /// </remarks>
    public Func<GuestfsDirectoryEntry, GuestfsException, bool>? ContinueOnError { get; init; }
}

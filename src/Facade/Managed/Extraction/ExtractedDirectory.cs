// A directory of the extracted tree, remembered without a descriptor: there may be a million.
namespace Guestfs;

/// <summary>Where a directory is below the one that the caller gave, and how to come to it again.</summary>
internal sealed class ExtractedDirectory
{
    private readonly string? guestPath;
    private readonly (uint Major, uint Minor, ulong Inode) identity;

    /// <summary>The caller's directory.</summary>
    /// <param name="target">The directory.</param>
    /// <param name="guestPath">The guest's directory that it stands for, without a slash at its end.</param>
    internal ExtractedDirectory(HostDirectory target, string guestPath)
    {
        (this.guestPath, identity) = (guestPath, target.Status().Identity);
    }

    /// <summary>A directory that was made or found.</summary>
    /// <param name="entry">What the guest has there.</param>
    /// <param name="host">The directory.</param>
    internal ExtractedDirectory(ExtractEntry entry, HostDirectory host)
    {
        (Entry, identity) = (entry, host.Status().Identity);
        Depth = entry.Directory.Depth + 1;
    }

    /// <summary>What the guest has there; null for the caller's.</summary>
    internal ExtractEntry? Entry { get; }

    /// <summary>How deep it is.</summary>
    internal int Depth { get; }

    /// <summary>Its path in the guest, without a slash at its end. A new string each time.</summary>
    internal string GuestPath => guestPath ?? Entry!.GuestPath;

    /// <summary>The same where a function is to take it: the root directory's path is not empty to libguestfs.</summary>
    internal string GuestPathOrRoot => GuestPath is { Length: > 0 } path ? path : "/";

    /// <summary>What the guest has in it, by names, as far as that was read.</summary>
    internal Dictionary<string, ExtractEntry> Entries { get; } = new(StringComparer.Ordinal);

    /// <summary>Opens every directory on the way to it.</summary>
    /// <exception cref="GuestfsExtractionException">Another directory, or something else, is in the place of one.</exception>
    internal DirectoryChain Open(HostDirectory target)
    {
        Stack<ExtractedDirectory> way = new();
        for (ExtractedDirectory? at = this; at is not null; at = at.Entry?.Directory)
        {
            way.Push(at);
        }

        DirectoryChain chain = new();
        try
        {
            foreach (ExtractedDirectory step in way)
            {
                chain.Push(step.Entry is null ? target.Open(".") : chain.Current.Open(step.Entry.Name));
                if (chain.Current.Status().Identity != step.identity)
                {
                    throw new GuestfsExtractionException(
                        ExtractionProblem.TargetChanged,
                        0,
                        $"{chain.Current.Path} is not the directory that was extracted: somebody has replaced it. "
                        + "Extract into a directory that nobody else changes.");
                }
            }

            return chain;
        }
        catch
        {
            chain.Dispose();
            throw;
        }
    }
}

// A directory of the extracted tree, remembered without a descriptor: there may be a million.
namespace Guestfs;

/// <summary>Where a directory is below the one that the caller gave, and how to come to it again.</summary>
/// <param name="Parent">The directory that it is in; null for the caller's.</param>
/// <param name="Name">Its name there.</param>
/// <param name="Identity">What it was when it was made or found.</param>
internal sealed record ExtractedDirectory(ExtractedDirectory? Parent, string Name, (uint Major, uint Minor, ulong Inode) Identity)
{
    /// <summary>How deep it is.</summary>
    internal int Depth { get; } = Parent is null ? 0 : Parent.Depth + 1;

    /// <summary>Opens every directory on the way to it.</summary>
    /// <exception cref="GuestfsExtractionException">Another directory, or something else, is in the place of one.</exception>
    internal DirectoryChain Open(HostDirectory target)
    {
        Stack<ExtractedDirectory> way = new();
        for (ExtractedDirectory? at = this; at is not null; at = at.Parent)
        {
            way.Push(at);
        }

        DirectoryChain chain = new();
        try
        {
            foreach (ExtractedDirectory step in way)
            {
                chain.Push(step.Parent is null ? target.Open(".") : chain.Current.Open(step.Name));
                if (chain.Current.Status().Identity != step.Identity)
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

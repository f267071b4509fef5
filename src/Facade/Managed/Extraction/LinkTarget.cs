// Decides whether a symbolic link leads out of the extracted tree, on the tree itself: x/.. is not the directory that x is in
// where x is a link. The answer must not depend on when it is asked: a later link of this extraction or of another one may take
// the place of any file or link, but of no directory. So a target may go up from directories alone, and every link that is made
// stays inside whatever others become.
using Guestfs.Interop;

namespace Guestfs;

/// <summary>Follows a link's target step by step as the kernel would, but never past the tree's root.</summary>
internal static class LinkTarget
{
    // As many as the kernel follows.
    private const int MaxLinks = 40;

    /// <summary>Whether the target is in the tree, or would be if it existed, and no other link can change that.</summary>
    /// <param name="way">The way to the directory that has the link. It is used up.</param>
    /// <param name="root">How many directories of the way are the tree's root and above.</param>
    /// <param name="target">Where the link leads.</param>
    internal static bool StaysInside(DirectoryChain way, int root, string target)
    {
        Stack<string> rest = new();
        int links = 0;
        if (way.Count < root || !Add(target))
        {
            return false;
        }

        while (rest.TryPop(out string? part))
        {
            if (part == "..")
            {
                if (way.Count == root)
                {
                    return false;
                }

                way.Pop();
                continue;
            }

            switch (way.Current.TryGetStatus(part, out HostStatus status) ? status.Type : 0)
            {
                case Libc.S_IFDIR:
                    way.Push(way.Current.Open(part));
                    break;
                case Libc.S_IFLNK:
                    if (rest.Contains("..") || ++links > MaxLinks || !Add(way.Current.ReadLink(part)))
                    {
                        return false;
                    }

                    break;
                default:
                    // Nothing can be said of the parent of what does not exist.
                    return !rest.Contains("..");
            }
        }

        return true;

        bool Add(string path)
        {
            foreach (string part in path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(p => p != ".").Reverse())
            {
                rest.Push(part);
            }

            return !path.StartsWith('/');
        }
    }
}

// Two trees side by side, a directory at a time: names are in the same order in both, so that what one lacks is seen at once.
using System.Security.Cryptography;

using Guestfs.Cli.Guests;

namespace Guestfs.Cli.Comparing;

/// <summary>Compares the files of two guests.</summary>
internal sealed class TreeComparison(
    GuestSession old, GuestSession later, bool times, bool attributes, bool contents, bool quick, ProgressBar bar,
    CancellationToken cancellationToken)
{
    // Paths, as the first guest has them, until they have been looked at.
    private readonly HashSet<string> otherAttributes = [];

    /// <summary>What is different at a path and below.</summary>
    internal IEnumerable<Difference> Compare(string path)
    {
        (GuestEntry? first, GuestEntry? second) = (Find(old, path), Find(later, path));
        if (first is null && second is null)
        {
            // The error that says so.
            _ = GuestEntry.At(old.Guestfs, GuestPath.Resolve(old, path));
        }

        return Compare(first, second);
    }

    private static GuestEntry? Find(GuestSession session, string path)
    {
        string resolved = GuestPath.Resolve(session, path);
        return session.Guestfs.Exists(resolved) ? GuestEntry.At(session.Guestfs, resolved) : null;
    }

    private IEnumerable<Difference> Compare(GuestEntry? top, GuestEntry? otherTop)
    {
        Stack<(GuestEntry? First, GuestEntry? Second)> waiting = new([(top, otherTop)]);
        CompareAttributes([(top, otherTop)]);
        while (waiting.TryPop(out (GuestEntry? First, GuestEntry? Second) pair))
        {
            cancellationToken.ThrowIfCancellationRequested();
            (GuestEntry? first, GuestEntry? second) = pair;
            if (first is null || second is null)
            {
                yield return new Difference(first, second, []);
            }
            else if (Changes(first, second) is { Count: > 0 } changes)
            {
                yield return new Difference(first, second, changes);
            }

            if (first?.Type == 'd' || second?.Type == 'd')
            {
                List<(GuestEntry?, GuestEntry?)> below = [.. Pairs(Children(old, first), Children(later, second))];
                CompareAttributes(below);
                for (int i = below.Count - 1; i >= 0; i--)
                {
                    waiting.Push(below[i]);
                }
            }
        }
    }

    private void CompareAttributes(List<(GuestEntry? First, GuestEntry? Second)> pairs)
    {
        List<(GuestEntry? First, GuestEntry? Second)> both =
            attributes ? pairs.FindAll(pair => pair.First is not null && pair.Second is not null) : [];
        List<string> first = GuestAttributes.Of(old, both.ConvertAll(pair => pair.First!)),
            second = GuestAttributes.Of(later, both.ConvertAll(pair => pair.Second!));
        for (int i = 0; i < both.Count; i++)
        {
            if (first[i] != second[i])
            {
                otherAttributes.Add(both[i].First!.Path);
            }
        }
    }

    private List<GuestEntry> Children(GuestSession session, GuestEntry? directory) => directory is { Type: 'd' }
        ? GuestTree.Directories(session, directory.Path, isRecursive: false, enter: null, cancellationToken).First()
        : [];

    private static IEnumerable<(GuestEntry? First, GuestEntry? Second)> Pairs(List<GuestEntry> first, List<GuestEntry> second)
    {
        int i = 0, j = 0;
        while (i < first.Count || j < second.Count)
        {
            int order = i == first.Count ? 1 : j == second.Count ? -1 : string.CompareOrdinal(first[i].Name, second[j].Name);
            yield return (order <= 0 ? first[i++] : null, order >= 0 ? second[j++] : null);
        }
    }

    private List<string> Changes(GuestEntry first, GuestEntry second)
    {
        (StatNs one, StatNs other) = (first.Status, second.Status);
        List<string> found = [];
        Add("type", first.Type != second.Type);
        Add("mode", first.Mode != second.Mode);
        Add("owner", one.Uid != other.Uid || one.Gid != other.Gid);
        Add("attributes", otherAttributes.Remove(first.Path));
        Add("time", times && (one.MtimeSec, one.MtimeNsec) != (other.MtimeSec, other.MtimeNsec));
        if (first.Type == second.Type)
        {
            switch (first.Type)
            {
                case '-':
                    Add("size", one.Size != other.Size);
                    Add("contents", contents && one.Size == other.Size && !(quick && AreSameFile(one, other))
                        && Digest(old, first) != Digest(later, second));
                    break;
                case 'l':
                    Add("target", old.Guestfs.Readlink(first.Path) != later.Guestfs.Readlink(second.Path));
                    break;
                case 'b' or 'c':
                    Add("device", first.Device != second.Device);
                    break;
                default:
                    break;
            }
        }

        return found;

        void Add(string what, bool isDifferent)
        {
            if (isDifferent)
            {
                found.Add(what);
            }
        }
    }

    // Whoever writes to a file changes the time of its status. But a filesystem may have none, and who makes one can give it any.
    private static bool AreSameFile(StatNs one, StatNs other) => one.Ino == other.Ino
        && (one.MtimeSec, one.MtimeNsec, one.CtimeSec, one.CtimeNsec) == (other.MtimeSec, other.MtimeNsec, other.CtimeSec, other.CtimeNsec);

    // Of an empty file, too.
    private string Digest(GuestSession session, GuestEntry file) =>
        GuestContents.Digest(session.Guestfs, file.Path, HashAlgorithmName.SHA256, bar, cancellationToken);
}

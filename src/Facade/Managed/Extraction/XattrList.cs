// What guestfs_lxattrlist(3) answers: one list for many files, in which each file begins with an entry without a name.
namespace Guestfs;

/// <summary>Reads the list.</summary>
internal static class XattrList
{
    /// <summary>The extended attributes of each file, in the order in which the files were named; null of one whose attributes cannot be
    /// read.</summary>
    internal static IEnumerable<Xattr[]?> Files(Xattr[] found)
    {
        for (int first = 0, end; first < found.Length; first = end)
        {
            for (end = first + 1; end < found.Length && found[end].Name.Length > 0; end++)
            {
            }

            yield return found[first].Val.Length > 0 ? found[(first + 1)..end] : null;
        }
    }
}

using Guestfs.Appliances.Plan;

namespace Guestfs.Appliances.LazyLibraries;

/// <summary>Looks for words in files of any size.</summary>
internal static class FileSearch
{
    private const int BufferSize = 1 << 18;

    /// <summary>Those whose word occurs in a file.</summary>
    internal static T[] Find<T>(FileContent content, IReadOnlyDictionary<T, byte[]> words)
        where T : notnull
    {
        HashSet<T> found = [];
        int overlap = words.Count == 0 ? 0 : words.Values.Max(word => word.Length) - 1;
        byte[] buffer = new byte[BufferSize];
        using IContentReader reader = content.Open();

        // Parts overlap, for a word may lie across the end of one.
        for (long at = 0; at < content.Length && found.Count < words.Count; at += BufferSize - overlap)
        {
            Span<byte> part = buffer.AsSpan(0, (int)Math.Min(BufferSize, content.Length - at));
            reader.ReadExactly(at, part);
            foreach ((T key, byte[] word) in words)
            {
                if (!found.Contains(key) && part.IndexOf(word) >= 0)
                {
                    found.Add(key);
                }
            }
        }

        return [.. words.Keys.Where(found.Contains)];
    }
}

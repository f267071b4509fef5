// File name patterns, matched by the C library itself: what supermin does, to the letter.
using System.Runtime.InteropServices;
using System.Text;

using Guestfs.Appliances.Plan;

namespace Guestfs.Appliances.Host;

/// <summary>fnmatch(3) and glob(3).</summary>
internal static unsafe class GlobPatterns
{
    /// <summary>Zero-terminated bytes of a text, for <see cref="Matches"/>.</summary>
    internal static byte[] ToNative(string text) => [.. LosslessUtf8.GetBytes(text), 0];

    /// <summary>Whether a whole path matches; <c>*</c> matches slashes too. Both are zero-terminated.</summary>
    internal static bool Matches(byte[] pattern, byte[] path)
    {
        fixed (byte* p = pattern, s = path)
        {
            return Libc.fnmatch(p, s, 0) == 0;
        }
    }

    /// <summary>Whether a path is one that <see cref="Expand"/> would find for a pattern: <c>*</c> does not match slashes.</summary>
    internal static bool MatchesFile(string pattern, string path)
    {
        fixed (byte* p = ToNative(pattern), s = ToNative(path))
        {
            return Libc.fnmatch(p, s, Libc.FNM_PATHNAME) == 0;
        }
    }

    /// <summary>Existing files under a root directory that match, sorted, as paths below that root; none is no error.</summary>
    internal static IReadOnlyList<string> Expand(string root, string pattern)
    {
        // The root is a name, not a pattern.
        StringBuilder literal = new();
        foreach (char c in root == "/" ? "" : root)
        {
            literal.Append(c is '*' or '?' or '[' ? $"[{c}]" : c.ToString());
        }

        glob_t result = default;
        fixed (byte* p = ToNative(literal + pattern))
        {
            int status = Libc.glob(p, Libc.GLOB_NOESCAPE, null, &result);
            try
            {
                if (status == Libc.GLOB_NOMATCH)
                {
                    return [];
                }

                if (status != 0)
                {
                    throw new ApplianceException(ApplianceProblem.UnreadableFile,
                        $"The files of the pattern '{pattern}' cannot be listed (glob(3) returned {status}).");
                }

                List<string> paths = [];
                int prefix = root == "/" ? 0 : LosslessUtf8.GetBytes(root).Length;
                for (nuint i = 0; i < result.gl_pathc; i++)
                {
                    paths.Add(LosslessUtf8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(result.gl_pathv[i])[prefix..]));
                }

                paths.Sort(string.CompareOrdinal);
                return paths;
            }
            finally
            {
                Libc.globfree(&result);
            }
        }
    }

    /// <summary>Where a new file could come to match a pattern: the directories of its wildcards,
    /// and literal names that are not there.</summary>
    internal static IEnumerable<string> Places(string root, string pattern)
    {
        string[] parts = pattern.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (int i = 0; i < parts.Length; i++)
        {
            string above = "/" + string.Join('/', parts[..i]);
            foreach (string directory in i == 0 ? ["/"] : Expand(root, above))
            {
                if (parts[i].AsSpan().ContainsAny('*', '?', '['))
                {
                    yield return directory;
                }
                else if (Expand(root, above + "/" + parts[i]).Count == 0)
                {
                    yield return FilePlanBuilder.Join(directory, parts[i]);
                }
            }
        }
    }
}

namespace Guestfs.Appliances.Host;

/// <summary>os-release(5).</summary>
internal static class OsRelease
{
    /// <summary>The distribution's id, such as <c>debian</c>; <c>linux</c> where the system does not say, as the format wants.</summary>
    internal static string Id(string root)
    {
        foreach (string name in new[] { "etc/os-release", "usr/lib/os-release" })
        {
            string path = Path.Combine(root, name);
            if (File.Exists(path))
            {
                return Id(File.ReadLines(path));
            }
        }

        return Id([]);
    }

    /// <summary>The distribution's id in the lines of the file.</summary>
    internal static string Id(IEnumerable<string> lines)
    {
        const string Key = "ID=";
        string? line = lines.FirstOrDefault(line => line.StartsWith(Key, StringComparison.Ordinal));
        return line?[Key.Length..].Trim().Trim('"', '\'') is { Length: > 0 } id ? id : "linux";
    }
}

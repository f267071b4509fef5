namespace Guestfs.Appliances.Host;

/// <summary>Names of files that the caller chose. .NET's file APIs take names in UTF-8 only,
/// and silently use another name for others.</summary>
internal static class HostFileNames
{
    /// <summary>The full name of a file or directory.</summary>
    /// <exception cref="ApplianceException">It has bytes that are not UTF-8.</exception>
    internal static string FullPath(string path)
    {
        string full = Path.GetFullPath(path);
        for (int i = 0; i < full.Length; i++)
        {
            if (char.IsSurrogatePair(full, i))
            {
                i++;
            }
            else if (char.IsSurrogate(full[i]))
            {
                throw new ApplianceException(ApplianceProblem.InvalidInput,
                    $"{full} has bytes that are not UTF-8 in its name. Give another name, for example that of a symbolic link.");
            }
        }

        return full;
    }
}

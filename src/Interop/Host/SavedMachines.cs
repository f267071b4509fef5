// Names and ends of machines that were saved of appliances: who saves one, and who clears the directory that they are in, must agree.
namespace Guestfs.Interop;

/// <summary>Saved machines in a directory of this user alone: <c>APPLIANCE.state-BOOT-KEY</c>, with small files of that name beside.
/// </summary>
internal static class SavedMachines
{
    /// <summary>What is between the name of an appliance and that of a machine.</summary>
    internal const string Infix = ".state-";

    // Of an appliance that is in a bundle, and in a machine the file that says of which appliance it was saved.
    private const string BundlePrefix = "bundle-", OriginName = "of", Manifest = "manifest.json";
    private const int DigestLength = 16;

    // Others may share the directory: hosts, and containers that see other appliances.
    private static readonly TimeSpan KeptUseless = TimeSpan.FromDays(1);

    // Without one each process has its own.
    private static readonly string Boot = RecordFile.NameOf(HostBoot.ReadId() ?? Path.GetRandomFileName());

    /// <summary>The full name of a machine.</summary>
    /// <param name="beside">The name of the appliance.</param>
    /// <param name="key">Whatever it holds for besides this boot of the host.</param>
    internal static string NameOf(string beside, string key) => $"{beside}{Infix}{Boot}-{RecordFile.NameOf(key)}";

    /// <summary>How the names of a bundle's machines begin: a bundle may be read-only, and others may come into its place.</summary>
    /// <param name="appliance">The directory of its appliance.</param>
    /// <param name="cache">Where they are; null for this user's private directory.</param>
    /// <returns>Null where none can be had.</returns>
    internal static string? OfBundle(string appliance, string? cache)
    {
        string? machines = cache is null ? PrivateDirectory.TryOfUser() : PrivateDirectory.Ensure(cache) is null ? cache : null;
        return machines is null ? null : Path.Combine(machines, BundlePrefix + RecordFile.NameOf(Origin(appliance)));
    }

    /// <summary>Writes down of which appliance a machine is saved.</summary>
    /// <param name="machine">The machine's directory.</param>
    /// <param name="appliance">The appliance's. One without a manifest has no name by which it would be known later.</param>
    internal static void WriteOrigin(string machine, string appliance)
    {
        appliance = Path.GetFullPath(appliance);
        if (File.Exists(Path.Combine(appliance, Manifest)))
        {
            RecordFile.Write(Path.Combine(machine, OriginName), appliance, RecordFile.NameOf(Origin(appliance)));
        }
    }

    /// <summary>Removes machines that nobody will resume: those of earlier boots of the host and of appliances that are gone, or have
    /// others in their places.</summary>
    /// <param name="directory">The directory that they are in.</param>
    /// <param name="now">The time.</param>
    /// <param name="oldest">Those of bundles go that were saved, or last resumed, before.</param>
    /// <param name="foretell">Is told what would be removed, and nothing is.</param>
    internal static void Collect(string directory, DateTime now, DateTime oldest, Action<string>? foretell = null)
    {
        foreach (string path in Directory.EnumerateFileSystemEntries(directory, $"*{Infix}*").ToArray())
        {
            // Somebody else may have removed it, and then it is very old.
            DateTime used = File.GetLastWriteTimeUtc(path);
            if (MachineOf(Path.GetFileName(path)) is { } name
                && ((used < oldest && name.StartsWith(BundlePrefix, StringComparison.Ordinal))
                    || (used < now - KeptUseless
                        && (!name.Contains($"{Infix}{Boot}-", StringComparison.Ordinal) || IsOrphan(Path.Combine(directory, name))))))
            {
                (foretell ?? Remove)(path);
            }
        }
    }

    /// <summary>Removes a file or directory, unless somebody else does, or may not.</summary>
    internal static void Remove(string path)
    {
        try
        {
            if (File.Exists(path))
            {
                File.Delete(path);
            }
            else
            {
                Directory.Delete(path, recursive: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Then the next who looks.
        }
    }

    // The name of the machine that a file or directory belongs to; null if it only looks like one.
    private static string? MachineOf(string name)
    {
        int start = name.IndexOf(Infix, StringComparison.Ordinal) + Infix.Length, end = start + (2 * DigestLength) + 1;
        return end <= name.Length && (end == name.Length || name[end] == '.') && name[start + DigestLength] == '-'
            && IsDigest(name.AsSpan(start, DigestLength)) && IsDigest(name.AsSpan(end - DigestLength, DigestLength))
                ? name[..end]
                : null;
    }

    private static bool IsDigest(ReadOnlySpan<char> text) => !text.ContainsAnyExcept("0123456789abcdef");

    private static bool IsOrphan(string machine)
    {
        try
        {
            return File.Exists(Path.Combine(machine, OriginName))
                && File.ReadAllLines(Path.Combine(machine, OriginName)) is [var appliance, var digest, ..]
                && (!File.Exists(Path.Combine(appliance, Manifest)) || RecordFile.NameOf(Origin(appliance)) != digest);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // Where it is and all that is in it: the digests of its files are in its manifest.
    private static ReadOnlySpan<byte> Origin(string appliance) =>
        (byte[])[.. LosslessUtf8.GetBytes(appliance), 0, .. File.ReadAllBytes(Path.Combine(appliance, Manifest))];
}

namespace Guestfs.TestSupport;

/// <summary>Volumes that Windows encrypted: the images that cryptsetup's own tests open, and what they know of them.</summary>
public static class BitLockerImages
{
    private const string Folder = "bitlk-images";

    private static string Source => Path.Combine(UpstreamPackages.UnpackSource("sid", "cryptsetup"), "tests", Folder + ".tar.xz");

    /// <summary>Unpacks some into a directory, and returns their files in the same order.</summary>
    public static string[] Unpack(string directory, params string[] names)
    {
        ArgumentNullException.ThrowIfNull(names);
        Command.Run("tar", ["-xSf", Source, "-C", directory, .. names.Select(name => $"{Folder}/{name}.img")]);
        return [.. names.Select(name => Path.Combine(directory, Folder, name + ".img"))];
    }

    /// <summary>What those tests expect of one: <c>PW</c> and <c>RP</c> are its passphrase and recovery key, <c>UUID</c> and
    /// <c>SHA256SUM</c> are of the clear data.</summary>
    public static IReadOnlyDictionary<string, string> Facts(string name) =>
        Command.Run("tar", "-xOf", Source, $"{Folder}/images.conf").Split('\n')
            .SkipWhile(line => line != $"[{name}]")
            .Skip(1)
            .TakeWhile(line => line.Length > 0)
            .Select(line => line.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
}

using Xunit;

namespace Guestfs.TestSupport;

/// <summary>Images and devices of LUKS, as cryptsetup on the host makes them.</summary>
public static class LuksImage
{
    // What a passphrase costs is not what is tested.
    private static readonly string[] Quick = ["--pbkdf-force-iterations", "1000"];

    /// <summary>Formats a file with the quickest key that there is.</summary>
    /// <param name="image">The file, which is large enough.</param>
    /// <param name="key">The passphrase.</param>
    /// <param name="version">1 or 2.</param>
    public static void FormatQuickly(string image, string key, int version) =>
        Format(image, key, version == 1 ? ["--type", "luks1", .. Quick] : ["--type", "luks2", "--pbkdf", "pbkdf2", .. Quick]);

    /// <summary>Formats a file as options of cryptsetup-luksFormat(8) say.</summary>
    public static void Format(string image, string key, params string[] options)
    {
        CommandResult result = Command.TryRun(
            "cryptsetup", ["luksFormat", "--batch-mode", .. options, "--key-file", "-", image], input: key);
        Assert.True(result.ExitCode == 0, result.Error);
    }
}

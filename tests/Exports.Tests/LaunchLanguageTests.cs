// A C program that speaks its user's language has libguestfs' messages in that language. What this library makes of them, and of all else
// that it sees, must be the same as in English.
using System.Text.RegularExpressions;

using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Exports.Tests;

public sealed class LaunchLanguageTests : IDisposable
{
    private readonly TempDirectory directory = new();
    private readonly FakeAppliance appliance = new();

    public void Dispose()
    {
        appliance.Dispose();
        directory.Dispose();
    }

    // Two that Debian's libguestfs and C library speak: one puts numbers and names where English does, the other one does not.
    [Theory]
    [InlineData("de_DE")]
    [InlineData("uk_UA")]
    public void A_failure_is_explained_as_in_English(string language)
    {
        string locale = Locale(language);
        int translated = 0;
        foreach ((string name, string disk, string format, Dictionary<string, string?> environment) in Failures())
        {
            string[] english = Run(environment, "C", disk, format), other = Run(environment, locale, disk, format);
            Assert.True(english[0] == other[0], $"{name}: {english[0]}, but {other[0]}:\n{string.Join('\n', other)}");
            Assert.True(Explanation(english) == Explanation(other), $"{name}:\n{Explanation(english)}\n{Explanation(other)}");
            translated += english.SequenceEqual(other) ? 0 : 1;
        }

        Assert.True(translated > 1, $"Only {translated} messages were in the language {language}.");
    }

    internal static Dictionary<string, string?> Variables(FakeAppliance appliance) => new()
    {
        ["LIBGUESTFS_BACKEND"] = "direct", ["LIBGUESTFS_BACKEND_SETTINGS"] = "force_tcg", ["LIBGUESTFS_PATH"] = appliance.Directory,
    };

    private IEnumerable<(string Name, string Disk, string Format, Dictionary<string, string?> Environment)> Failures()
    {
        string disk = directory.File("good"), empty = Directory.CreateDirectory(directory.File("empty")).FullName;
        File.WriteAllBytes(disk, new byte[512]);
        Directory.CreateDirectory(Path.Combine(empty, "with/supermin.d"));
        Dictionary<string, string?> With(string name, string value) => new(Variables(appliance)) { [name] = value };
        Dictionary<string, string?> Script(string commands) => With("LIBGUESTFS_HV", appliance.Script(commands));

        yield return ("no disk", directory.File("gone"), "", Variables(appliance));
        yield return ("no backing file", FaultyImage.Make(directory, "backing file gone").File, "qcow2", Variables(appliance));
        yield return ("no appliance", disk, "raw", With("LIBGUESTFS_PATH", empty));
        yield return ("supermin fails", disk, "raw", With("LIBGUESTFS_PATH", Path.Combine(empty, "with")));
        yield return ("no qemu", disk, "raw", With("LIBGUESTFS_HV", "/nowhere/qemu"));
        yield return ("qemu says nothing", disk, "raw", Script("exit 1"));
        yield return ("qemu refuses", disk, "raw", Script("exec qemu-system-x86_64 -no-such-option"));
        yield return ("qemu has no memory", disk, "raw", Script("ulimit -v 1000000"));
        yield return ("qemu dies", disk, "raw", Script("timeout -s KILL 1 qemu-system-x86_64 \"$@\"; exit 1"));
        yield return ("the kernel panics", disk, "raw", Script("echo 'Kernel panic - not syncing: VFS'; exit 1"));
    }

    // The disk is read-only where its overlay is to be made at once.
    private static string[] Run(Dictionary<string, string?> environment, string locale, string disk, string format) =>
        FaultTests.Faults.Value.Run(
            new Dictionary<string, string?>(environment)
            {
                ["LC_ALL"] = locale == "C" ? "C" : Path.GetFileName(locale),
                ["LOCPATH"] = locale == "C" ? null : Path.GetDirectoryName(locale),
                ["LANGUAGE"] = null,
            },
            disk, format, format == "qcow2" ? "1" : "0").Output.Split('\n');

    // What libguestfs said is the first line of one message, and in brackets in another.
    // How a qemu ended in its first moment is not always seen.
    private static string Explanation(string[] output) => Regex.Replace(
        string.Join('\n', output[0].StartsWith("GFS_ERR_LAUNCH", StringComparison.Ordinal)
            ? output[2..]
            : output[1..].Select(line => line.Split(" (libguestfs: ")[0])),
        " with exit status 1(?= before it started)|(?<=said nothing about it): it cannot run, or something killed it at once", "");

    private string Locale(string language)
    {
        Command.Require("localedef");
        string made = directory.File($"{language}.UTF-8");
        CommandResult result = Command.TryRun("localedef", ["-i", language, "-f", "UTF-8", made]);
        if (result.ExitCode != 0 || !File.Exists($"/usr/share/locale/{language[..2]}/LC_MESSAGES/libguestfs.mo"))
        {
            Command.Missing($"There is no language {language}: {result.Error}");
        }

        return made;
    }
}

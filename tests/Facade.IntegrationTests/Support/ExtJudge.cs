// What e2fsprogs on the host say about a filesystem in an image.
using System.Text.RegularExpressions;

using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.IntegrationTests.Support;

/// <summary>Judges of ext2, ext3 and ext4.</summary>
public static class ExtJudge
{
    /// <summary>Fails unless e2fsck finds the filesystem in perfect order.</summary>
    public static void Check(string image) => Command.Run("e2fsck", "-fn", image);

    /// <summary>The output of one debugfs command; it must not complain.</summary>
    public static string Debugfs(string image, string command)
    {
        CommandResult result = Command.TryRun("debugfs", ["-R", command, image]);

        // It prints its version on standard error, and errors too, and exits 0.
        string[] complaints = [.. result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith("debugfs ", StringComparison.Ordinal))];
        Assert.True(result.ExitCode == 0 && complaints.Length == 0, $"debugfs {command}: {string.Join('\n', complaints)}");
        return result.Output;
    }

    /// <summary>The superblock: the 'Name: value' lines of dumpe2fs -h.</summary>
    public static IReadOnlyDictionary<string, string> Superblock(string image) =>
        Fields(Command.Run("dumpe2fs", "-h", image));

    /// <summary>Lines of the form 'Name: value'.</summary>
    public static IReadOnlyDictionary<string, string> Fields(string text)
    {
        Dictionary<string, string> fields = [];
        foreach (Match match in Regex.Matches(text, @"^\s*([^:\n]+?)\s*:[ \t]*(.*?)\s*$", RegexOptions.Multiline))
        {
            fields.TryAdd(match.Groups[1].Value, match.Groups[2].Value);
        }

        return fields;
    }
}

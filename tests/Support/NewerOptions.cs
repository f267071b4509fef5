// The optional arguments that are newer than libguestfs 1.48, of functions that are older: disks for them, which the host's own
// programs make, and what they have to do to these, which the host's own programs see.
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

using Xunit;

namespace Guestfs.TestSupport;

/// <summary>
/// Disks on which a program calls functions with each of the options, and the judges of what it prints: lines of the form
/// 'function.option: answer'.
/// </summary>
public sealed class NewerOptions : IDisposable
{
    /// <summary>A key of the length that the cipher wants, and what is written with it: one block.</summary>
    public const string Key = "0123456789abcdef0123456789ABCDEF", Cipher = "aes-cbc-plain64", Secret = "written in clear";

    private readonly TempDirectory directory = new();
    private readonly byte[] damaged;

    /// <summary>Makes the disks.</summary>
    public NewerOptions()
    {
        Command.Require("mke2fs", "e2fsck", "debugfs", "tar", "openssl");
        NewImage(4);

        string broken = NewImage(16);
        Command.Run("mke2fs", "-q", "-F", "-t", "ext4", broken);
        Command.Run("debugfs", "-w", "-R", "set_inode_field lost+found links_count 7", broken);
        damaged = SHA256.HashData(File.ReadAllBytes(broken));

        string tree = Directory.CreateDirectory(directory.File("tree")).FullName;
        Directory.CreateDirectory(Path.Combine(tree, "usr-lib"));
        File.CreateSymbolicLink(Path.Combine(tree, "lib"), "usr-lib");
        Command.Run("mke2fs", "-q", "-F", "-t", "ext4", "-d", tree, NewImage(16));

        string unpacked = Directory.CreateDirectory(directory.File("unpacked/lib")).FullName;
        File.WriteAllText(Path.Combine(unpacked, "file"), "through the link");
        Command.Run("tar", "-C", Path.GetDirectoryName(unpacked)!, "-cf", Archive, "lib");
    }

    /// <summary>The options, as 'function.option', and the version that each came with.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = Read();

    /// <summary>The disks, in the order in which they are added: empty, damaged ext4, ext4 with a link to a directory.</summary>
    public IList<string> Images { get; } = [];

    /// <summary>An archive with a directory where the last disk has the link, and a file in it.</summary>
    public string Archive => directory.File("archive.tar");

    /// <summary>Judges what a program says of an option.</summary>
    /// <param name="option">The option.</param>
    /// <param name="lines">What the program has printed.</param>
    public void Judge(string option, IEnumerable<string> lines)
    {
        ArgumentNullException.ThrowIfNull(option);
        string answer = Assert.Single(lines, line => line.StartsWith(option + ": ", StringComparison.Ordinal))[(option.Length + 2)..];
        if (!HasOption(option))
        {
            Assert.StartsWith("error: ", answer, StringComparison.Ordinal);
            Assert.Contains("unknown option", answer, StringComparison.Ordinal);
            return;
        }

        switch (option)
        {
            case "cryptsetup_open.cipher":
                Assert.Equal("done", answer);
                JudgeCipher();
                break;
            case "e2fsck.forceno":
                // The damage is told, and is all still there.
                Assert.StartsWith("error: ", answer, StringComparison.Ordinal);
                Assert.Equal(damaged, SHA256.HashData(File.ReadAllBytes(Images[1])));
                CommandResult check = Command.TryRun("e2fsck", ["-fn", Images[1]]);
                Assert.Equal(4, check.ExitCode);
                string told = check.Output.Split('\n').First(line => line.Contains("ref count is 7", StringComparison.Ordinal));
                Assert.Contains(told, answer, StringComparison.Ordinal);
                break;
            case "tar_in.keepdirlink":
                Assert.Equal("done", answer);
                Assert.Contains("Type: symlink", Command.Run("debugfs", "-R", "stat /lib", Images[2]), StringComparison.Ordinal);
                Assert.Equal("through the link", Command.Run("debugfs", "-R", "cat /usr-lib/file", Images[2]));
                break;
            default:
                Assert.Fail($"Nobody judges {option}: extend {nameof(NewerOptions)} and the programs that call what is newer.");
                break;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => directory.Dispose();

    // The first sector of a disk of this cipher has zeros as the initialisation vector.
    private void JudgeCipher()
    {
        string clear = directory.File("clear"), encrypted = directory.File("encrypted");
        File.WriteAllText(clear, Secret);
        Command.Run(
            "openssl", "enc", "-aes-256-cbc", "-nopad", "-K", Convert.ToHexString(Encoding.ASCII.GetBytes(Key)), "-iv", new string('0', 32),
            "-in", clear, "-out", encrypted);
        Assert.Equal(File.ReadAllBytes(encrypted), File.ReadAllBytes(Images[0])[..Secret.Length]);
    }

    private string NewImage(int megabytes)
    {
        string image = directory.File($"disk{Images.Count}");
        using FileStream file = File.Create(image);
        file.SetLength((long)megabytes << 20);
        Images.Add(image);
        return image;
    }

    // The header is of the same release as the library.
    private static bool HasOption(string option)
    {
        const string Header = "/usr/include/guestfs.h";
        if (!File.Exists(Header))
        {
            Command.Missing($"The judge of this test is not installed: {Header}. './build.sh test' installs it.");
        }

        string[] words = option.ToUpperInvariant().Split('.');
        string header = File.ReadAllText(Header);
        return header.Contains($" GUESTFS_{words[0]}_{words[1]}_BITMASK ", StringComparison.Ordinal)
            || header.Contains($" GUESTFS_{words[0]}_OPTS_{words[1]}_BITMASK ", StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Read()
    {
        using JsonDocument model = JsonDocument.Parse(File.ReadAllBytes(Repository.File("src", "Interop", "Model", "guestfs-api.json")));
        return model.RootElement.GetProperty("functions").EnumerateArray()
            .Where(function => function.TryGetProperty("options", out _))
            .SelectMany(function => function.GetProperty("options").EnumerateArray()
                .Where(option => option.TryGetProperty("since", out JsonElement since)
                    && Version.Parse(since.GetString()!) >= new Version(1, 49))
                .Select(option => (
                    Name: $"{function.GetProperty("name").GetString()}.{option.GetProperty("name").GetString()}",
                    Since: option.GetProperty("since").GetString()!)))
            .ToDictionary(option => option.Name, option => option.Since);
    }
}

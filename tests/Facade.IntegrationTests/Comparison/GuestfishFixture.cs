// Asks guestfish and the managed API the same questions about the same disks.
using System.Text;
using System.Text.RegularExpressions;

using Guestfs.IntegrationTests.Support;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.IntegrationTests.Comparison;

/// <summary>The answers of both.</summary>
public sealed partial class GuestfishFixture : IDisposable
{
    private const string Marker = "@@@@";

    private readonly TempDirectory directory = new();
    private readonly string[] theirs;
    private readonly string[] ours;

    /// <summary>Prepares the disks and asks.</summary>
    public GuestfishFixture()
    {
        Command.Require("guestfish", "mke2fs", "debugfs", "sfdisk");
        string[] images = [directory.File("linux.img"), directory.File("lvm.img"), directory.File("btrfs.img")];
        FakeLinux.Create(images[0], directory);
        foreach (string image in images[1..])
        {
            using FileStream file = File.Create(image);
            file.SetLength(300 << 20);
        }

        theirs = AskGuestfish(images);
        ours = AskHandle(images);
    }

    /// <summary>What guestfish printed for a question, by its index.</summary>
    public string Theirs(int question) => theirs[question];

    /// <summary>What the managed API answered, written as guestfish would.</summary>
    public string Ours(int question) => ours[question];

    /// <inheritdoc/>
    public void Dispose() => directory.Dispose();

    private static string[] AskHandle(string[] images)
    {
        using GuestfsHandle handle = NewHandle.ForAppliance();
        foreach (string image in images)
        {
            handle.AddDrive(image, new AddDriveOptions { Format = "raw" });
        }

        handle.Launch();
        string[] answers = [.. ComparedCommands.All.Select(q => new GuestfishCommand(q).Run(handle))];
        handle.Shutdown();
        return answers;
    }

    private string[] AskGuestfish(string[] images)
    {
        StringBuilder script = new("run\n");
        script.AppendJoin('\n', ComparedCommands.Preparation);
        foreach (string question in ComparedCommands.All)
        {
            // "-" goes on after an error. The marker is also an unknown command, which guestfish complains about on
            // standard error: so the errors can be told apart as well.
            script.Append("\n-echo \"\"\n-echo ").Append(Marker).Append("\n-").Append(question).Append("\n-").Append(Marker);
        }

        string file = directory.File("script");
        File.WriteAllText(file, script.Append('\n').ToString());
        string output = directory.File("output");
        CommandResult result = Command.TryRun(
            "sh",
            ["-c", "exec guestfish --format=raw -a \"$1\" -a \"$2\" -a \"$3\" -f \"$4\" > \"$5\"", "sh", .. images, file, output],
            NewHandle.ToolEnvironment);
        string[] printed = File.ReadAllText(output, Encoding.Latin1).Split("\n" + Marker + "\n");
        string[] errors = result.Error.Split(Marker + ": unknown command");
        Assert.True(
            printed.Length == ComparedCommands.All.Length + 1, $"guestfish stopped after {printed.Length - 1} questions: {result.Error}");
        Assert.Equal(ComparedCommands.All.Length + 1, errors.Length);
        return [.. printed[1..].Zip(errors, Answer)];
    }

    // guestfish of some versions writes the byte ff of a buffer as ffffffff, and older ones have another name for the class
    // of an application. An error comes without the position in the script.
    private static string Answer(string printed, string error)
    {
        const string prefix = "libguestfs: error: ";
        int start = error.IndexOf(prefix, StringComparison.Ordinal);
        if (start < 0)
        {
            return SignExtended().Replace(printed, "\\x$1").Replace("app2_spare1: ", "app2_class: ", StringComparison.Ordinal);
        }

        // Behind the message, the position of the marker in the script.
        string message = error[(start + prefix.Length)..];
        return GuestfishText.Latin($"error: {message[..message.LastIndexOf('\n')]}");
    }

    [GeneratedRegex(@"\\xffffff([89a-f][0-9a-f])")]
    private static partial Regex SignExtended();
}

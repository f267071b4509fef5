// Help, the manual and completions, which are made of the commands' definitions. The judges are the shells and mandoc, and the tool's own
// reading of the examples.
using System.Text.RegularExpressions;

using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Cli.Tests.Help;

public sealed partial class HelpTests
{
    private const string Prepare = """
        tool=("$@"); gfs() { "${tool[@]}" "$@"; r=$?; echo $r > code; return $r; }; touch etc motd; echo key > key.txt;

        """;

    // In the order in which the tool shows them.
    private static string[] Commands { get; } =
    [
        .. Gfs.Run("--help").Output.Split("Commands:\n")[1].Split("\n\n")[0].Split('\n')
            .Where(line => line.Length > 2 && line[2] != ' ').Select(line => line.Trim().Split(' ')[0]),
    ];

    [Theory]
    [InlineData("virt-df", "gfs df")]
    [InlineData("virt-inspector", "gfs inspect")]
    [InlineData("libguestfs-test-tool", "gfs doctor")]
    [InlineData("list files", "gfs ls")]
    [InlineData("partition table", "gfs partitions")]
    [InlineData("libguestfs-make-fixed-appliance", "gfs appliance")]
    public void A_job_finds_its_command(string words, string command)
    {
        ArgumentNullException.ThrowIfNull(words);
        Assert.StartsWith(command, Gfs.Run("help", words).Output, StringComparison.Ordinal);
        Assert.StartsWith(command, Gfs.Run(["help", .. words.Split(' ')]).Output, StringComparison.Ordinal);
    }

    // The judge is the documentation's table of upstream's programs and of guestfish's commands.
    [Fact]
    public void What_upstream_calls_a_job_finds_its_command()
    {
        string table = File.ReadAllText(Repository.File("docs", "gfs.md")).Split("## Upstream's tools")[1];
        int count = 0;
        foreach (string[] cells in table.Split('\n').Select(row => row.Split(" | ")).Where(cells => cells is [['|', ' ', '`', ..], ..]))
        {
            string command = string.Join(' ', Quoted().Match(cells[1]).Groups[1].Value.Split(' ').Take(2));
            foreach (string code in Quoted().Matches(cells[0]).Select(code => code.Groups[1].Value))
            {
                string word = code.Replace("guestfish: ", "", StringComparison.Ordinal).Split(' ')[0];
                if (command.StartsWith("gfs ", StringComparison.Ordinal) && !word.StartsWith('-'))
                {
                    // Its own page, where it is called the same here.
                    string found = Gfs.Run("help", word).Output;
                    Assert.True(
                        found.Contains(command, StringComparison.Ordinal) || found.Contains($"gfs {word} [", StringComparison.Ordinal),
                        $"{word}: {found}");
                    count++;
                }
            }
        }

        Assert.True(count > 30, $"{count}");
    }

    [Fact]
    public void What_nobody_does_is_not_found()
    {
        CommandResult result = Gfs.TryRun(["help", "frobnicate"]);
        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Contains("frobnicate", result.Error, StringComparison.Ordinal);
        Assert.Equal(Gfs.Run("ls", "--help").Output, Gfs.Run("help", "ls").Output);
        Assert.Equal(Gfs.Run("appliance", "build", "--help").Output, Gfs.Run("help", "appliance", "build").Output);
    }

    // Also of those that require arguments, which whoever asks for help does not give. The list is that of the manual's pages; supermin's
    // help is its own.
    [Fact]
    public void Every_command_shows_its_help()
    {
        using TempDirectory work = new();
        Gfs.Run("help", "--manual", work.Path);
        string[] pages = [.. Directory.GetFiles(work.Path, "gfs-*.1").Select(page => Path.GetFileNameWithoutExtension(page))];
        Assert.True(pages.Length > Commands.Length, $"{pages.Length}");
        foreach (string command in pages.Where(page => page != "gfs-supermin").Select(page => page.Replace('-', ' ')))
        {
            CommandResult result = Gfs.TryRun([.. command.Split(' ')[1..], "--help"]);
            Assert.True(result.ExitCode == 0, $"{command}: {result.Error}");
            Assert.Contains($"Usage:\n  {command}", result.Output, StringComparison.Ordinal);
            Assert.Equal("", result.Error);
        }
    }

    // A disk that is not there ends them before anything is started; wrong ones would end in another way.
    [Fact]
    public void Every_command_has_examples_and_they_are_right()
    {
        Assert.Contains("doctor", Commands);
        using TempDirectory work = new();
        File.WriteAllText(work.File("script"), "ls /\n");
        foreach (string command in Commands)
        {
            string help = Gfs.Run("help", command).Output;
            string[] examples =
            [
                .. (help.Split("Examples:\n") is [_, var part] ? part : "").Split('\n')
                    .Where(line => line.StartsWith("    ", StringComparison.Ordinal)).Select(line => line.Trim()),
            ];
            Assert.True(examples.Length > 0, $"{command} has no examples.");
            foreach (string example in examples.Where(example => example.Contains("disk", StringComparison.Ordinal)))
            {
                CommandResult result = Command.TryRun(
                    "bash",
                    ["-c", Prepare + example, "bash", .. Gfs.CommandLine],
                    environment: null,
                    work.Path,
                    input: "");
                string code = File.ReadAllText(work.File("code")).Trim();
                Assert.True(code == "3", $"{example}: {code}: {result.Error}");
            }
        }
    }

    [Fact]
    public void Manual_pages_are_well_formed()
    {
        Command.Require("mandoc");
        using TempDirectory work = new();
        Gfs.Run("help", "--manual", work.Path);
        string[] pages = Directory.GetFiles(work.Path);
        Assert.Contains("gfs-appliance-build.1", pages.Select(Path.GetFileName));
        Assert.All(Commands, command => Assert.Contains($"gfs-{command}.1", pages.Select(Path.GetFileName)));

        // They have no date, so that they come out the same each time.
        CommandResult lint = Command.TryRun("mandoc", ["-Tlint", "-Wwarning", .. pages]);
        Assert.All((lint.Output + lint.Error).Split('\n', StringSplitOptions.RemoveEmptyEntries), line =>
            Assert.Contains("missing date", line, StringComparison.Ordinal));

        // Bold letters are written twice, with a backspace between.
        string text = string.Concat(Command.Run("mandoc", "-Tascii", work.File("gfs-ls.1"))
            .Split('\b').Select((part, i) => i == 0 ? part : part[1..]));
        Assert.Contains("--recursive", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gfs ins", "inspect")]
    [InlineData("gfs ls --rec", "--recursive")]
    [InlineData("gfs ls --accelerator k", "kvm")]
    [InlineData("gfs appliance ver", "verify")]
    [InlineData("gfs appliance build --prof", "--profile")]
    [InlineData("gfs ls dis", "disk.img")]
    public void Shells_complete_what_is_begun(string line, string word)
    {
        Command.Require("zsh", "fish");
        using TempDirectory work = new();
        File.WriteAllText(work.File("disk.img"), "");
        foreach (string shell in (string[])["bash", "zsh", "fish"])
        {
            File.WriteAllText(work.File(shell), Gfs.Run("completion", shell).Output);
        }

        // bash's own function is called as bash calls it; zsh completes in a terminal of its own, as nothing else can ask it.
        const string Bash = """
            source ./bash; COMP_WORDS=($1); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _gfs; printf '%s\n' "${COMPREPLY[@]}"
            """;
        const string Zsh = """
            zmodload zsh/zpty
            zpty shell zsh -f -i
            wait_for() { repeat 100; do while zpty -r -t shell more; do all+=$more; done; [[ $all == *$1* ]] && return; sleep 0.1; done }
            zpty -w shell "PS1=READY; autoload -Uz compinit; compinit -u -D; source ./zsh; zstyle ':completion:*' insert-tab false"
            zpty -w shell 'print begin$((1 + 1))'
            wait_for begin2
            all=
            zpty -w -n shell "$1"$'\t'
            wait_for "$2"
            print -r -- "$all"
            """;
        Assert.Equal([word], Command.Run("bash", "-c", $"cd '{work.Path}'; {Bash}", "bash", line).Trim().Split('\n'));
        Assert.Contains(
            word, Command.Run("fish", "-N", "-c", $"cd '{work.Path}'; source ./fish; complete -C '{line}'"), StringComparison.Ordinal);
        Assert.Contains(word, Command.Run("zsh", "-f", "-c", $"cd '{work.Path}'; {Zsh}", "zsh", line, word), StringComparison.Ordinal);
    }

    [GeneratedRegex("`([^`]*)`")]
    private static partial Regex Quoted();
}

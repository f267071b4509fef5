// The manual page and the README: their samples compile, and what they name is in the header.
using System.Text.RegularExpressions;

using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Install.Tests;

public sealed class ManualTests
{
    private static readonly string Page = Repository.File("native", "install", "man", "guestfs-facade.3");
    private static readonly string Header = File.ReadAllText(Repository.File("native", "install", "include", "guestfs_facade.h"));

    [Fact]
    public void The_manual_page_renders_without_a_warning()
    {
        Command.Require("groff", "mandoc");
        CommandResult groff = Command.TryRun("groff", ["-mandoc", "-ww", "-z", "-Tutf8", Page]);
        Assert.True(groff.ExitCode == 0 && groff.Error.Length == 0, groff.Error);
        CommandResult mandoc = Command.TryRun("mandoc", ["-Tlint", "-Wwarning", Page]);
        Assert.True(mandoc.ExitCode == 0 && mandoc.Output.Length == 0, mandoc.Output);
    }

    [Fact]
    public void The_manual_page_explains_every_status_in_the_order_of_the_header_and_names_no_function_that_is_not_there()
    {
        string text = File.ReadAllText(Page);
        string list = Header[Header.IndexOf("typedef enum gfs_status", StringComparison.Ordinal)..Header.IndexOf(
            "} gfs_status;", StringComparison.Ordinal)];
        Assert.Equal(
            Regex.Matches(list, @"^ +(GFS_\w+) = ", RegexOptions.Multiline).Select(match => match.Groups[1].Value),
            Regex.Matches(text, @"^\.It Dv (GFS_\w+)$", RegexOptions.Multiline).Select(match => match.Groups[1].Value));

        // X is any structure.
        string[] names = [.. Regex.Matches(text, @"\b(?:gfs|GFS)_\w*[a-zA-Z]\b(?!\*)")
            .Select(match => match.Value)
            .Distinct()
            .Where(name => !name.Contains("_X", StringComparison.Ordinal))];
        Assert.True(names.Length > 30);
        Assert.All(names, name => Assert.Matches($@"\b{name}\b", Header));
    }

    [Fact]
    public void The_samples_of_the_manual_page_and_of_the_README_compile()
    {
        string page = File.ReadAllText(Page), readme = File.ReadAllText(Repository.File("README.md"));
        Compile(Between(page, ".Bd -literal -offset indent\n", ".Ed\n").Replace("\\e", "\\", StringComparison.Ordinal));
        Compile(Between(readme, "```c\n", "```\n"));
    }

    private static string Between(string text, string begin, string end)
    {
        int start = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        return text[start..text.IndexOf(end, start, StringComparison.Ordinal)];
    }

    private static void Compile(string source)
    {
        Command.Require("gcc");
        CommandResult result = Command.TryRun(
            "gcc",
            ["-std=c11", "-O2", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-I", Repository.File("native", "install", "include"),
                "-fsyntax-only", "-x", "c", "-"],
            input: source);
        Assert.True(result.ExitCode == 0, result.Error);
    }
}

// The installed header and library in other languages, whose own tools read the header; e2fsprogs judge the disks that the examples make.
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Install.Tests;

public sealed class LanguageTests
{
    [Fact]
    public void The_Go_example_builds_with_cgo_and_makes_a_disk() => Judge("Go", "go", "gcc");

    [Fact]
    public void The_Rust_example_builds_with_bindgen_and_makes_a_disk() => Judge("Rust", "rustc", "bindgen", "gcc");

    private static void Judge(string language, params string[] tools)
    {
        Command.Require(["make", "pkg-config", .. tools, .. ExampleDisk.Judges]);
        using InstalledTree tree = new();
        string name = $"disk-{language.ToLowerInvariant()}", examples = tree.CopyExamples(), image = tree.Scratch(language + ".img");
        string program = Path.Combine(examples, name);
        tree.Must("env", [$"GOCACHE={tree.Scratch("cache")}", "make", name], examples);

        string output = tree.Must(program, [image]);

        ExampleDisk.Check(image, $"Hello from {language}.\n");
        Assert.Matches($@"\AHello from {language}\.\n[0-9]{{8}} of [0-9]{{8}} bytes are free\n\z", output);
        ExampleDisk.CheckRefusals(path => tree.Run(program, [path]), tree);
    }
}

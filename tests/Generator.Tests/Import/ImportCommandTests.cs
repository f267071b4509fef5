// What 'import' says about an upstream it does not agree with. The real packages judge that it can read one at all.
using Guestfs.Generator.Import;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Generator.Tests.Import;

public class ImportCommandTests
{
    [Fact]
    public void Nothing_is_reported_when_all_agree() =>
        Assert.Contains("No differences.", Expect(new SmallUpstream(), 0), StringComparison.Ordinal);

    [Fact]
    public void A_new_function_is_reported_with_every_open_decision()
    {
        SmallUpstream upstream = new() { Version = "1.10.1" };
        upstream.Functions += """
            extern GUESTFS_DLL_PUBLIC char **guestfs_find_them (guestfs_h *g, const char *where, int deep, char *const *names);

            """;
        upstream.OCaml += "val find_them : t -> string -> bool -> string array -> (string * string) list\n";
        upstream.Manual += ".SS guestfs_find_them\n(Added in 1.10.1)\n";
        string output = Expect(upstream, 1);
        Contains(
            output,
            "function find_them (since 1.10.1): the model does not have it",
            "functions.find_them.call: [any | config | ready",
            "functions.find_them.args.where: plain | device | mountable | pathname",
            "functions.find_them.args.names: plain | device",
            "functions.find_them.keys: plain",
            "functions.find_them.values: plain");
        Assert.DoesNotContain("find_them.args.deep", output, StringComparison.Ordinal);
        Assert.DoesNotContain("find_them.since", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_function_without_a_section_in_the_manual_needs_its_version()
    {
        SmallUpstream upstream = new();
        upstream.Functions += "extern GUESTFS_DLL_PUBLIC int guestfs_poke (guestfs_h *g);\n";
        upstream.OCaml += "val poke : t -> int\n";
        Contains(Expect(upstream, 1), "function poke (since 1.9.2): the model does not have it", "functions.poke.since: a version");
    }

    [Fact]
    public void What_a_newer_version_changed_needs_that_version()
    {
        SmallUpstream upstream = new() { Version = "1.10.1" };
        upstream.Functions = SmallUpstream.Replace(
            upstream.Functions, "  int readonly;\n",
            "  int readonly;\n# define GUESTFS_OPEN_IT_NAME_BITMASK (UINT64_C(1)<<1)\n  const char *name;\n");
        upstream.Functions = SmallUpstream.Replace(
            upstream.Functions, "things (guestfs_h *g);", "things (guestfs_h *g)\n  GUESTFS_DEPRECATED_REPLACED_BY (\"open_it\");");
        upstream.Structs = SmallUpstream.Replace(upstream.Structs, "thing_name", "thing_title");
        upstream.OCaml = SmallUpstream.Replace(upstream.OCaml, "?readonly:bool", "?readonly:bool -> ?name:string");
        upstream.Manual = SmallUpstream.Replace(
            upstream.Manual, "(Added in 1.9.1)",
            "\\fIThis function is deprecated.\\fR\nBecause of the message protocol, there is a transfer limit.\n(Added in 1.9.1)");
        Contains(
            Expect(upstream, 1),
            "function open_it: options[1]: model nothing, upstream",
            "functions.open_it.options.name: a version",
            "function things: deprecated: model nothing, upstream {\"by\":\"open_it\"}",
            "functions.things.deprecatedSince: a version",
            "function things: protocolLimit: model nothing, upstream true",
            "functions.things.before: {\"version\"",
            "renamedFields.thing.thing_title: {\"formerName\"",
            "unused: overlay.json: structs.thing.thing_name");
    }

    [Fact]
    public void A_changed_argument_order_is_reported()
    {
        SmallUpstream upstream = new();
        upstream.Functions = SmallUpstream.Replace(
            upstream.Functions, "const char *device, const char *key", "const char *key, const char *device");
        Contains(
            Expect(upstream, 1),
            "function open_it: arguments[0].name: model \"device\", upstream \"key\"",
            "function open_it: arguments[1].name: model \"key\", upstream \"device\"");
    }

    [Fact]
    public void A_function_that_is_gone_is_reported()
    {
        SmallUpstream upstream = new();
        upstream.Functions = upstream.Functions[..upstream.Functions.IndexOf("extern GUESTFS_DLL_PUBLIC struct", StringComparison.Ordinal)];
        Contains(Expect(upstream, 1), "function things: upstream does not have it", "unused: overlay.json: functions.things: remove it");
    }

    [Fact]
    public void An_unused_overlay_entry_is_reported()
    {
        SmallUpstream upstream = new();
        upstream.Overlay = SmallUpstream.Replace(upstream.Overlay, "\"key\": \"key\"", "\"key\": \"key\", \"flags\": \"plain\"");
        Contains(Expect(upstream, 1), "unused: overlay.json: functions.open_it.args.flags: remove it");
    }

    [Fact]
    public void Overlay_entries_for_a_newer_version_are_not_unused()
    {
        SmallUpstream upstream = new() { Version = "1.9.0" };
        upstream.Functions = upstream.Functions[..upstream.Functions.IndexOf("extern GUESTFS_DLL_PUBLIC struct", StringComparison.Ordinal)];
        upstream.Structs = "";
        Expect(upstream, 0);
    }

    // Nobody but a person can tell the words of 'lazyitableinit' apart.
    [Fact]
    public void A_name_whose_words_are_not_known_is_asked_for()
    {
        SmallUpstream upstream = new();
        upstream.Overlay = SmallUpstream.Replace(upstream.Overlay, "\"read_only\", ", "");
        Contains(Expect(upstream, 1), "undecided: of which words is the name 'readonly' made?");
    }

    [Fact]
    public void Words_of_no_name_are_reported()
    {
        SmallUpstream upstream = new();
        upstream.Overlay = SmallUpstream.Replace(upstream.Overlay, "\"read_only\", ", "\"read_only\", \"write_only\", ");
        Contains(Expect(upstream, 1), "unused: overlay.json: words: write_only: remove it");
    }

    [Fact]
    public void A_value_outside_the_closed_set_is_refused()
    {
        SmallUpstream upstream = new();
        upstream.Overlay = SmallUpstream.Replace(upstream.Overlay, "\"key\": \"key\"", "\"key\": \"secret\"");
        Contains(Expect(upstream, 2), "functions.open_it.args.key: \"secret\" is not allowed here");
    }

    [Fact]
    public void An_unknown_C_type_is_reported()
    {
        SmallUpstream upstream = new();
        upstream.Functions = SmallUpstream.Replace(upstream.Functions, "const char *key", "double key");
        Contains(Expect(upstream, 1), "open_it: key: there is no kind for 'double' in guestfs.h with 'string' in guestfs.mli");
    }

    [Fact]
    public void A_key_the_overlay_does_not_know_of_is_a_contradiction()
    {
        SmallUpstream upstream = new();
        upstream.Overlay = SmallUpstream.Replace(upstream.Overlay, "\"key\": \"key\"", "\"key\": \"plain\"");
        Contains(Expect(upstream, 1), "contradiction: open_it: the manual says that it takes a key");
    }

    [Theory]
    [InlineData("", "guestfs.mli: there is no 'val NAME")]
    [InlineData("val open_it : t -> ?readonly:bool -> string -> string -> unit\n", "guestfs.mli lacks 1 of what guestfs.h has: things.")]
    public void A_broken_OCaml_interface_is_an_error(string text, string message) =>
        Contains(Expect(new SmallUpstream { OCaml = text }, 2), message);

    [Theory]
    [InlineData("usr/include/guestfs.h", "guestfs.mli", "libguestfs-ocaml-dev")]
    [InlineData(null, "guestfs.h", "libguestfs-dev")]
    public void A_missing_file_is_an_error_that_names_its_package(string? present, string missing, string package)
    {
        using TempDirectory root = new();
        if (present is not null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(root.File(present))!);
            File.WriteAllText(root.File(present), "");
        }

        using StringWriter output = new(), error = new();
        Assert.Equal(2, ImportCommand.Run(["--root", root.Path], Repository.Root, output, error));
        Contains(error.ToString(), $"There is no {missing} below {root.Path}", package);
    }

    [Fact]
    public void Wrong_usage_is_an_error()
    {
        using StringWriter output = new(), error = new();
        Assert.Equal(2, ImportCommand.Run(["--everything"], Repository.Root, output, error));
        Contains(error.ToString(), "unexpected '--everything'", "usage: import");
    }

    [Fact]
    public void Write_takes_over_a_newer_upstream_that_is_decided()
    {
        SmallUpstream upstream = new() { Version = "1.10.1" };
        upstream.Functions += "extern GUESTFS_DLL_PUBLIC int guestfs_count (guestfs_h *g, const char *content, size_t content_size);\n";
        upstream.OCaml += "val count : t -> string -> int\n";
        upstream.Manual += ".SS guestfs_count\n(Added in 1.10.1)\n";
        upstream.Overlay = SmallUpstream.Replace(
            upstream.Overlay, "\"things\":", "\"count\": {\"call\": [\"ready\", \"blocking\", \"cancellable\"]}, \"things\":");
        upstream.Overlay = SmallUpstream.Replace(upstream.Overlay, "[\"data\"", "[\"content\", \"data\"");
        (int exit, string output, string error, string model) = upstream.Run("--write");
        Assert.True(exit == 0, output + error);
        string expected = SmallUpstream.Replace(upstream.Model, "\"1.9.2\"", "\"1.10.1\"");
        expected = SmallUpstream.Replace(
            expected,
            "    {\"name\": \"open_it\"",
            "    {\"name\": \"count\", \"since\": \"1.10.1\", \"returns\": {\"kind\": \"int\"}, \"arguments\": [{\"name\": \"content\", "
            + "\"kind\": \"buffer\"}], \"state\": \"ready\", \"cancellable\": true, \"blocking\": true},\n    {\"name\": \"open_it\"");
        Assert.Equal(expected, model);
    }

    [Theory]
    [InlineData("1.8.7", "\"call\": [\"any\"]", 2, "1.8.7 is older than the model")]
    [InlineData("1.9.2", "\"visibility\": \"state\"", 1, "1 problems are to be solved")]
    public void Write_leaves_the_model_alone_otherwise(string version, string things, int exit, string message)
    {
        SmallUpstream upstream = new() { Version = version };
        upstream.Overlay = SmallUpstream.Replace(upstream.Overlay, "\"call\": [\"any\"]", things);
        (int actual, _, string error, string model) = upstream.Run("--write");
        Assert.Equal(exit, actual);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.Equal(upstream.Model, model);
    }

    private static string Expect(SmallUpstream upstream, int exit)
    {
        (int actual, string output, string error, _) = upstream.Run();
        Assert.True(exit == actual, $"exit {actual}\n{output}\n{error}");
        return output + error;
    }

    private static void Contains(string text, params string[] parts) =>
        Assert.All(parts, p => Assert.Contains(p, text, StringComparison.Ordinal));
}

// An invented upstream of two functions, so that tests can change one thing at a time.
using Guestfs.Generator.Import;
using Guestfs.TestSupport;

namespace Guestfs.Generator.Tests.Import;

/// <summary>The three files, the overlay and the model of version 1.9.2, which agree with each other.</summary>
internal sealed class SmallUpstream
{
    public string Version { get; set; } = "1.9.2";

    public string Functions { get; set; } = """
        extern GUESTFS_DLL_PUBLIC int guestfs_open_it (guestfs_h *g, const char *device, const char *key, ...);

        struct guestfs_open_it_argv {
          uint64_t bitmask;
        # define GUESTFS_OPEN_IT_READONLY_BITMASK (UINT64_C(1)<<0)
          int readonly;
        };

        extern GUESTFS_DLL_PUBLIC struct guestfs_thing_list *guestfs_things (guestfs_h *g);

        """;

    public string Structs { get; set; } = """
        struct guestfs_thing {
          char *thing_name;
          uint64_t thing_size;
          uint32_t thing_data_len;
          char *thing_data;
        };

        """;

    public string OCaml { get; set; } = """
        val open_it : t -> ?readonly:bool -> string -> string -> unit
        val things : t -> thing array

        """;

    public string Manual { get; set; } = """
        .SS "guestfs_open_it"
        This function takes a key
        or passphrase parameter.
        .PP
        This function depends on the feature \f(CW\*(C`opening\*(C'\fR.
        .PP
        (Added in 0.3)
        .SS guestfs_things
        (Added in 1.9.1)

        """;

    public string Overlay { get; set; } = """
        {
          "functions": {
            "open_it": {"call": ["ready", "blocking"], "args": {"device": "device", "key": "key"}},
            "things": {"call": ["any"]}
          },
          "structs": {
            "thing": {"thing_name": "string", "thing_size": "bytes"}
          },
          "prefixes": {"thing": "thing_"},
          "words": ["data", "device", "key", "name", "read_only", "size"]
        }
        """;

    public string Model { get; set; } = """
        {
          "upstream": "1.9.2",
          "functions": [
            {"name": "open_it", "since": "0.0.3", "returns": {"kind": "none"}, "arguments": [{"name": "device", "kind": "string", "subkind": "device"}, {"name": "key", "kind": "string", "subkind": "key"}], "options": [{"name": "readonly", "words": "read_only", "kind": "bool"}], "feature": "opening", "state": "ready", "blocking": true},
            {"name": "things", "since": "1.9.1", "returns": {"kind": "structList", "struct": "thing"}}
          ],
          "structs": [
            {"name": "thing", "fields": [{"name": "thing_name", "words": "name", "kind": "string"}, {"name": "thing_size", "words": "size", "kind": "bytes"}, {"name": "thing_data", "words": "data", "kind": "buffer"}]}
          ],
          "events": [
            {"name": "close", "value": 1}
          ],
          "features": [
            {"name": "opening"}
          ]
        }

        """;

    private string HeaderText => $"""
        #define GUESTFS_EVENT_CLOSE            0x0001
        #define GUESTFS_EVENT_ALL              0x0001
        /* Structures. */
        {Structs}
        /* Actions. */
        {Functions}
        #if GUESTFS_PRIVATE
        /* Private structures. */

        """;

    private string ManualText => $"""
        .TH guestfs 3 "2022-11-28" "libguestfs-{Version}" "Support"
        .SH "API CALLS"
        {Manual}
        .SH STRUCTURES
        .SS guestfs_thing
        .SH "AVAILABILITY"
        .IP "\fBopening\fR" 4

        """;

    /// <summary>Changes one text; it must be there.</summary>
    public static string Replace(string text, string old, string with) =>
        text.Contains(old, StringComparison.Ordinal)
            ? text.Replace(old, with, StringComparison.Ordinal)
            : throw new ArgumentException($"There is no '{old}' in the text.");

    /// <summary>Writes everything below a directory, runs the command there and returns what it printed.</summary>
    public (int Exit, string Output, string Error, string Model) Run(params string[] arguments)
    {
        using TempDirectory directory = new();
        Write("usr/include/guestfs.h", HeaderText);
        Write("usr/lib64/ocaml/guestfs/guestfs.mli", OCaml);
        Write("usr/share/man/man3/guestfs.3", ManualText);
        Write("src/Interop/Model/overlay.json", Overlay);
        string model = Write("src/Interop/Model/guestfs-api.json", Model);
        using StringWriter output = new(), error = new();
        int exit = ImportCommand.Run(["--root", directory.Path, .. arguments], directory.Path, output, error);
        return (exit, output.ToString(), error.ToString(), File.ReadAllText(model));

        string Write(string name, string text)
        {
            string path = directory.File(name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
            return path;
        }
    }
}

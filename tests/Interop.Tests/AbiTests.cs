// gcc judges the raw bindings: every structure's layout and every constant's value against a real guestfs.h.
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Interop.Tests;

public sealed class AbiTests
{
    private const string InstalledHeader = "/usr/include/guestfs.h";

    [Fact]
    public void Every_struct_field_and_constant_agrees_with_the_header_they_were_generated_from()
    {
        string header = Path.Combine(UpstreamPackages.Unpack("sid", "libguestfs-dev", "libguestfs-ocaml-dev"), "usr/include/guestfs.h");

        // All of it: what the header does not have does not compile.
        Assert.Empty(Differences(header, RawLayer.Structs, RawLayer.Constants.Keys));
    }

    [Fact]
    public void What_the_installed_header_has_agrees_with_it()
    {
        if (!File.Exists(InstalledHeader))
        {
            Command.Missing($"{InstalledHeader} is not installed (libguestfs-dev).");
        }

        string text = File.ReadAllText(InstalledHeader);
        List<RawStruct> structs = [.. RawLayer.Structs.Select(s => Restrict(s, text)).OfType<RawStruct>()];
        List<string> constants = [.. RawLayer.Constants.Keys.Where(c => Regex.IsMatch(text, $@"# ?define {c}\b"))];

        // Guards against a filter that lets nothing through.
        Assert.True(structs.Count > 100 && constants.Count > 600,
            $"only {structs.Count} structs and {constants.Count} constants were found in {InstalledHeader}");
        Assert.Empty(Differences(InstalledHeader, structs, constants));
    }

    [Fact]
    public void A_wrong_offset_and_a_wrong_value_are_seen()
    {
        if (!File.Exists(InstalledHeader))
        {
            Command.Missing($"{InstalledHeader} is not installed (libguestfs-dev).");
        }

        RawStruct wrong = new("guestfs_utsname", 32, [new RawField("uts_release", 9, 8)]);
        Assert.Equal(["guestfs_utsname.uts_release: offset 9, in C 8"], Differences(InstalledHeader, [wrong], []));
    }

    // A struct as far as that header has it; later versions added structures and optional arguments.
    private static RawStruct? Restrict(RawStruct s, string header)
    {
        Match body = Regex.Match(header, $@"struct {s.Name} \{{(.*?)\n\}};", RegexOptions.Singleline);
        if (!body.Success)
        {
            return null;
        }

        List<RawField> fields = [.. s.Fields.Where(f => Regex.IsMatch(body.Groups[1].Value, $@"\b{f.Name}\b(\[32\])?;"))];
        return s with { Fields = fields, Size = fields.Count == s.Fields.Count ? s.Size : -1 };
    }

    private static List<string> Differences(string header, IReadOnlyList<RawStruct> structs, IEnumerable<string> constants)
    {
        Dictionary<string, long[]> c = Probe(header, structs, constants);
        List<string> differences = [];
        foreach (RawStruct s in structs)
        {
            Compare(s.Name, "size", s.Size, c[s.Name][0], s.Size >= 0);
            foreach (RawField f in s.Fields)
            {
                Compare($"{s.Name}.{f.Name}", "offset", f.Offset, c[$"{s.Name}.{f.Name}"][0]);
                Compare($"{s.Name}.{f.Name}", "size", f.Size, c[$"{s.Name}.{f.Name}"][1]);
            }
        }

        foreach (string name in constants)
        {
            Compare(name, "value", unchecked((long)RawLayer.Constants[name]), c[name][0]);
        }

        return differences;

        void Compare(string name, string what, long ours, long theirs, bool matters = true)
        {
            if (matters && ours != theirs)
            {
                differences.Add($"{name}: {what} {ours}, in C {theirs}");
            }
        }
    }

    // Compiles and runs a C program that prints a line "name number number" for each of them.
    private static Dictionary<string, long[]> Probe(string header, IReadOnlyList<RawStruct> structs, IEnumerable<string> constants)
    {
        StringBuilder program = new($$"""
            #define GUESTFS_PRIVATE 1
            #include <stddef.h>
            #include <stdint.h>
            #include <stdio.h>
            #include "{{header}}"
            int main (void) {

            """);
        foreach (RawStruct s in structs)
        {
            program.Append(CultureInfo.InvariantCulture, $"printf (\"{s.Name} %zu\\n\", sizeof (struct {s.Name}));\n");
            foreach (RawField f in s.Fields)
            {
                program.Append(CultureInfo.InvariantCulture,
                    $"printf (\"{s.Name}.{f.Name} %zu %zu\\n\", offsetof (struct {s.Name}, {f.Name}), "
                    + $"sizeof (((struct {s.Name} *) 0)->{f.Name}));\n");
            }
        }

        foreach (string name in constants)
        {
            program.Append(CultureInfo.InvariantCulture, $"printf (\"{name} %lld\\n\", (long long) ({name}));\n");
        }

        program.Append("return 0; }\n");

        Command.Require("gcc");
        using TempDirectory directory = new();
        File.WriteAllText(directory.File("probe.c"), program.ToString());
        Command.Run("gcc", "-std=c11", "-w", "-o", directory.File("probe"), directory.File("probe.c"));
        return Command.Run(directory.File("probe"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' '))
            .ToDictionary(
                words => words[0],
                words => words.Skip(1).Select(w => long.Parse(w, CultureInfo.InvariantCulture)).ToArray(),
                StringComparer.Ordinal);
    }
}

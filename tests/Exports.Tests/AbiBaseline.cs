// native/abi/baseline.c: what of the header must stay as it is, as assertions for gcc.
using System.Globalization;
using System.Text;

using Guestfs.TestSupport;

namespace Guestfs.Exports.Tests;

/// <summary>Writes the baseline of the ABI, and has gcc hold a header against it.</summary>
internal static class AbiBaseline
{
    private const string Head = """
        /* The ABI of guestfs_facade.h as it was promised: gcc refuses this file where the header breaks it.
         * What is added to the header is no breach: functions, structures, values, members at the end of options.
         * Written by the tests of tests/Exports.Tests with UPDATE_BASELINES=1.
         */
        #define GFS_NO_DEPRECATED
        #include "guestfs_facade.h"

        #define SAME(type, ...) __builtin_types_compatible_p(__typeof__(type), __VA_ARGS__)
        #define SIZE(type, size) _Static_assert(sizeof(type) == size, #type)
        #define GROWS(type, size) _Static_assert(sizeof(type) >= size, #type)
        #define MEMBER(type, name, offset, ...) \
            _Static_assert(offsetof(type, name) == offset && SAME(((type *) 0)->name, __VA_ARGS__), #type "." #name)
        #define VALUE(name, value) _Static_assert((name) == (value), #name)
        #define CALLBACK(name, ...) _Static_assert(SAME(*(name) 0, __VA_ARGS__), #name)
        #define FUNCTION(name, ...) _Static_assert(SAME(name, __VA_ARGS__), #name)


        """;

    internal static string File { get; } = Repository.File("native", "abi", "baseline.c");

    /// <summary>The baseline that the header is now; gcc knows sizes and offsets.</summary>
    internal static string Of(Header header)
    {
        using TempDirectory directory = new();
        StringBuilder program = new("#define GFS_NO_DEPRECATED\n#include \"guestfs_facade.h\"\n#include <stdio.h>\nint main(void) {\n");
        foreach (HeaderStruct s in header.Structs)
        {
            program.AppendLine(CultureInfo.InvariantCulture,
                $"printf(\"{(s.IsOptions ? "GROWS" : "SIZE")}(struct {s.Name}, %zu);\\n\", sizeof(struct {s.Name}));");
            foreach ((string type, string name) in s.Members)
            {
                program.AppendLine(CultureInfo.InvariantCulture,
                    $"printf(\"MEMBER(struct {s.Name}, {name}, %zu, {type});\\n\", offsetof(struct {s.Name}, {name}));");
            }
        }

        System.IO.File.WriteAllText(directory.File("sizes.c"), program.Append("return 0; }\n").ToString());
        Command.Run("gcc", "-std=gnu11", "-w", "-I", Header.Folder, "-o", directory.File("sizes"), directory.File("sizes.c"));

        StringBuilder baseline = new(Head);
        foreach ((string name, string value) in header.Constants.Concat(header.Enums.SelectMany(e => e.Values)))
        {
            baseline.Append(CultureInfo.InvariantCulture, $"VALUE({name}, {value});\n");
        }

        baseline.Append(Command.Run(directory.File("sizes")));
        foreach (HeaderFunction c in header.Callbacks)
        {
            baseline.Append(Wrapped($"CALLBACK({c.Name}, {c.Type});\n"));
        }

        foreach (HeaderFunction f in header.Functions.OrderBy(f => f.Name, StringComparer.Ordinal))
        {
            baseline.Append(Wrapped($"FUNCTION({f.Name}, {f.Type});\n"));
        }

        return baseline.ToString();
    }

    private static string Wrapped(string line) => line.Length > 140 ? line.Replace(", ", ",\n    ", StringComparison.Ordinal) : line;

    /// <summary>What gcc says of a header.</summary>
    internal static CommandResult Judge(string header)
    {
        using TempDirectory directory = new();
        System.IO.File.WriteAllText(directory.File("guestfs_facade.h"), header);
        System.IO.File.Copy(File, directory.File("baseline.c"));
        return Command.TryRun("gcc", ["-std=gnu11", "-Wall", "-Werror", "-fsyntax-only", directory.File("baseline.c")]);
    }
}

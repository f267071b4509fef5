// The compilers of both processors judge what is declared of the C library: every value, every structure's layout and every
// signature, against the headers; the linkers, that it has the functions.
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Interop.Tests;

public sealed class LibcTests
{
    // An argument that is converted to another width or sign, or a pointer to another structure, is an error.
    private static readonly string[] Strict =
        ["-std=gnu11", "-Werror", "-Wconversion", "-Wtraditional-conversion", "-Wincompatible-pointer-types", "-Wint-conversion",
            "-Wno-unused-result", "-Wno-nonnull"];

    [Theory]
    [InlineData(Architecture.X64)]
    [InlineData(Architecture.Arm64)]
    public void Everything_agrees_with_the_headers(Architecture processor)
    {
        string errors = Compile(
            processor, LibcLayer.Constants.Concat(LibcLayer.ConstantsOn(processor)), LibcLayer.Structs, LibcLayer.Functions.Select(Call));
        Assert.True(errors.Length == 0, errors);
    }

    [Theory]
    [InlineData(Architecture.X64)]
    [InlineData(Architecture.Arm64)]
    public void What_is_wrong_is_seen(Architecture processor)
    {
        IReadOnlyDictionary<string, long> others = LibcLayer.ConstantsOn(
            processor == Architecture.X64 ? Architecture.Arm64 : Architecture.X64);
        RawStruct pollfd = new("pollfd", 12, [new RawField("fd", 0, 4), new RawField("events", 6, 2), new RawField("revents", 6, 4)]);
        string[] calls =
        [
            "int_v = lseek (int_v, int_v, int_v);", "uint_v = fsync (int_v);", "int_v = fchmod (int_v, int_v, int_v);",
            "int_v = poll (timespec_p, ulong_v, int_v);", "int_v = no_such_function (int_v);",
        ];

        string errors = Compile(processor, others, [pollfd], calls);

        foreach (string name in others.Keys.Concat(["sizeof pollfd", "offsetof pollfd.events", "sizeof pollfd.revents", "different width",
            "signedness|sign of the result", "too many arguments", "incompatible pointer type", "no_such_function"]))
        {
            Assert.Matches(name, errors);
        }
    }

    [Fact]
    public void What_differs_by_processor_is_that_of_this_one()
    {
        Architecture processor = RuntimeInformation.ProcessArchitecture;

        Assert.NotEmpty(LibcLayer.OwnConstants);
        Assert.Equal(LibcLayer.ConstantsOn(processor).OrderBy(c => c.Key, StringComparer.Ordinal),
            LibcLayer.OwnConstants.OrderBy(c => c.Key, StringComparer.Ordinal));
        Assert.Equal(LibcLayer.ConstantsOn(Architecture.X64).Keys.Order(StringComparer.Ordinal),
            LibcLayer.ConstantsOn(Architecture.Arm64).Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_function_is_declared_twice()
    {
        string[] names = [.. LibcLayer.Functions.Select(f => f.Name)];
        Assert.NotEmpty(names);
        Assert.Equal(names.Distinct(StringComparer.Ordinal), names);

        string[] elsewhere =
            [.. Sources("src").Where(file => !file.StartsWith(LibcLayer.Folder, StringComparison.Ordinal)
                && !file.Contains("/Generated/", StringComparison.Ordinal))
                .SelectMany(
                    file => Imports(file).Where(i => i.Library != "GuestfsLibrary.ImportName").Select(i => $"{file}: {i.Function}"))];
        Assert.Empty(elsewhere);

        // Tests have functions of their own, but no copies.
        string[] copies = [.. Sources("tests").SelectMany(
            file => Imports(file).Where(i => names.Contains(i.Function, StringComparer.Ordinal)).Select(i => $"{file}: {i.Function}"))];
        Assert.Empty(copies);
    }

    private static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(Repository.File(folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal));

    private static IEnumerable<(string Library, string Function)> Imports(string file) =>
        Regex.Matches(
            File.ReadAllText(file),
            @"^\s*\[(?:LibraryImport|DllImport)\(([^,)]+)[^\n]*\n(?:\s*\[[^\n]*\n)*[^\n]*?(\w+)\(",
            RegexOptions.Multiline)
            .Select(m => (m.Groups[1].Value, m.Groups[2].Value));

    // A call of a function with arguments of the types that it is declared with, whose result has the type that it is declared with.
    private static string Call(MethodInfo function)
    {
        string call = $"{function.Name} ({string.Join(", ", function.GetParameters().Select(p => Variable(p.ParameterType)))})";
        string statements = function.ReturnType == typeof(void)
            ? $"_Static_assert (__builtin_types_compatible_p (__typeof__ ({call}), void), \"result of {function.Name}\"); {call};"
            : $"_Static_assert (sizeof ({call}) == sizeof ({Variable(function.ReturnType)}), \"result of {function.Name}\"); "
                + $"{Variable(function.ReturnType)} = {call};";

        // Without a prototype it would be an int, which is what that warning compares with.
        return function.GetParameters().Any(p => p.ParameterType == typeof(short))
            ? $"""

                #pragma GCC diagnostic push
                #pragma GCC diagnostic ignored "-Wtraditional-conversion"
                {statements}
                #pragma GCC diagnostic pop
                """
            : statements;
    }

    private static string Variable(Type type) => type switch
    {
        _ when type == typeof(int) => "int_v",
        _ when type == typeof(uint) => "uint_v",
        _ when type == typeof(short) => "short_v",
        _ when type == typeof(nint) => "long_v",
        _ when type == typeof(nuint) || type == typeof(ulong) => "ulong_v",
        _ when type == typeof(void*) => "void_p",
        _ when type == typeof(byte*) => "char_p",
        _ when type == typeof(byte**) => "char_pp",
        _ when type == typeof(int*) => "int_p",
        _ when type == typeof(uint*) => "uint_p",
        { IsPointer: true } when LibcLayer.Structs.Any(s => s.Name == type.GetElementType()!.Name) => $"{type.GetElementType()!.Name}_p",
        _ => throw new NotSupportedException($"No type of C is known for {type}."),
    };

    private static string TypeName(string name) => name.EndsWith("_t", StringComparison.Ordinal) ? name : $"struct {name}";

    // Compiles and links a program for a processor, and returns what the compiler and the linker have against it.
    private static string Compile(
        Architecture processor, IEnumerable<KeyValuePair<string, long>> constants, IEnumerable<RawStruct> structs,
        IEnumerable<string> calls)
    {
        string cpu = processor == Architecture.X64 ? "x86_64" : "aarch64";
        string compiler = processor == RuntimeInformation.ProcessArchitecture ? "gcc" : $"{cpu}-linux-gnu-gcc";
        Command.Require(compiler);
        StringBuilder program = new("#define _GNU_SOURCE\n#include <stddef.h>\n");
        foreach (string header in LibcLayer.Headers)
        {
            program.Append(CultureInfo.InvariantCulture, $"#include <{header}>\n");
        }

        program.Append(CultureInfo.InvariantCulture, $"#ifndef __{cpu}__\n#error another processor\n#endif\n");
        foreach ((string name, long value) in constants)
        {
            Require($"(long) ({name}) == {value}", name);
        }

        foreach (RawStruct s in structs)
        {
            Require($"sizeof ({TypeName(s.Name)}) == {s.Size}", $"sizeof {s.Name}");
            foreach (RawField f in s.Fields)
            {
                Require($"offsetof ({TypeName(s.Name)}, {f.Name}) == {f.Offset}", $"offsetof {s.Name}.{f.Name}");
                Require($"sizeof ((({TypeName(s.Name)} *) 0)->{f.Name}) == {f.Size}", $"sizeof {s.Name}.{f.Name}");
            }
        }

        program.Append(
            "static int int_v; static unsigned int uint_v; static short short_v; static long long_v; static unsigned long ulong_v;\n");
        program.Append(
            "static void *void_p; static char *char_p; static char **char_pp; static int *int_p; static unsigned int *uint_p;\n");
        foreach (RawStruct s in LibcLayer.Structs)
        {
            program.Append(CultureInfo.InvariantCulture, $"static {TypeName(s.Name)} *{s.Name}_p;\n");
        }

        program.Append("int main (void)\n{\n");
        foreach (string call in calls)
        {
            program.Append(CultureInfo.InvariantCulture, $"  {call}\n");
        }

        program.Append("  return 0;\n}\n");
        using TempDirectory directory = new();
        File.WriteAllText(directory.File("libc.c"), program.ToString());
        return Command.TryRun(compiler, [.. Strict, "-o", directory.File("libc"), directory.File("libc.c")]).Error;

        void Require(string condition, string name) =>
            program.Append(CultureInfo.InvariantCulture, $"_Static_assert ({condition}, \"{name}\");\n");
    }
}

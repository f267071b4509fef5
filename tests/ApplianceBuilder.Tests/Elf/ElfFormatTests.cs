// Names, offsets and values of the ELF format against the C library's elf.h.
using System.Globalization;
using System.Reflection;

using Guestfs.Appliances.Elf;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Appliances.Tests.Elf;

public sealed class ElfFormatTests
{
    private static readonly Dictionary<string, string> Structures = new(StringComparer.Ordinal)
    {
        ["e"] = "Ehdr", ["p"] = "Phdr", ["sh"] = "Shdr", ["st"] = "Sym", ["r"] = "Rela", ["d"] = "Dyn",
        ["vd"] = "Verdef", ["vda"] = "Verdaux", ["vn"] = "Verneed", ["vna"] = "Vernaux", ["n"] = "Nhdr",
    };

    [Fact]
    public void Every_constant_is_that_of_elf_h()
    {
        Command.Require("gcc");
        (string Name, string Value)[] constants =
        [
            .. typeof(ElfFormat).GetFields(BindingFlags.Static | BindingFlags.NonPublic).Where(field => field.IsLiteral)
                .Select(field => (field.Name, Convert.ToString(field.GetRawConstantValue(), CultureInfo.InvariantCulture)!)),
        ];
        Assert.True(constants.Length > 100);
        IEnumerable<string> lines = constants.Select(
            constant => $"  printf(\"{constant.Name} %llu\\n\", (unsigned long long) {Expression(constant.Name)});\n");
        using TempDirectory directory = new();
        File.WriteAllText(directory.File("elf.c"), $$"""
            #include <elf.h>
            #include <stddef.h>
            #include <stdio.h>
            int main(void)
            {
            {{string.Concat(lines)}}
            }
            """);
        Command.Run("gcc", "-o", directory.File("elf"), directory.File("elf.c"));
        Assert.Equal(
            Command.Run(directory.File("elf")), string.Concat(constants.Select(constant => $"{constant.Name} {constant.Value}\n")));
    }

    private static string Expression(string name) =>
        name.EndsWith("Size", StringComparison.Ordinal) ? $"sizeof(Elf64_{name[..^4]})"
        : char.IsAsciiLetterLower(name[0]) ? $"offsetof(Elf64_{Structures[name[..name.IndexOf('_', StringComparison.Ordinal)]]}, {name})"
        : name;
}

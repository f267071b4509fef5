// A file with types, as the compiler makes it, without them: libbpf reads both.
using Guestfs.Appliances.Kernel;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Appliances.Tests.Kernel;

public sealed class KernelTypesTests
{
    // One type, an integer called 'a'.
    private const string Types = """
        const unsigned char types[] __attribute__((section(".BTF"))) = {
          0x9F, 0xEB, 1, 0, 24, 0, 0, 0, 0, 0, 0, 0, 16, 0, 0, 0, 16, 0, 0, 0, 3, 0, 0, 0,
          1, 0, 0, 0, 0, 0, 0, 1, 4, 0, 0, 0, 32, 0, 0, 0, 0, 'a', 0 };
        """;

    private const string Reader = """
        #include <dlfcn.h>
        #include <stdio.h>

        int main(int count, char **arguments)
        {
          void *library = dlopen("libbpf.so.1", RTLD_NOW);
          void *(*parse)(const char *, void *) = (void *(*)(const char *, void *))dlsym(library, "btf__parse_elf");
          unsigned (*number)(void *) = (unsigned (*)(void *))dlsym(library, "btf__type_cnt");
          void *types = parse(arguments[1], NULL);
          return !types || printf("%u\n", number(types)) < 0;
        }
        """;

    [Fact]
    public void A_kernel_without_types_has_a_valid_account_of_none()
    {
        Command.Require("gcc");
        using TempDirectory directory = new();
        string kernel = directory.File("kernel.o"), reader = directory.File("reader");
        File.WriteAllText(directory.File("kernel.c"), Types);
        File.WriteAllText(directory.File("reader.c"), Reader);
        Command.Run("gcc", "-c", "-o", kernel, directory.File("kernel.c"));
        Command.Run("gcc", "-o", reader, directory.File("reader.c"), "-ldl");
        Assert.Equal("2\n", Command.Run(reader, kernel));

        byte[] bytes = File.ReadAllBytes(kernel);
        KernelTypes.Clear(bytes);
        File.WriteAllBytes(kernel, bytes);

        // The first is 'void', which all have.
        Assert.Equal("1\n", Command.Run(reader, kernel));
        Assert.DoesNotContain("'a'", Command.Run("readelf", "-p", ".BTF", kernel), StringComparison.Ordinal);
    }
}

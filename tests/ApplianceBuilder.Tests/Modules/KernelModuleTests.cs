// Compressed modules: gzip, xz and zstd make them as a kernel's build does.
using Guestfs.Appliances.Host;
using Guestfs.Appliances.Modules;
using Guestfs.Appliances.Plan;
using Guestfs.Appliances.Tests.Kernel;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.Modules;

public sealed class KernelModuleTests
{
    public static TheoryData<string, string> Compressions => new()
    {
        { ".gz", "gzip -n -9" },
        { ".xz", "xz --check=crc32 --lzma2=dict=1MiB" },
        { ".zst", "zstd -q -19 --rm" },
    };

    [Theory]
    [MemberData(nameof(Compressions))]
    public void Compressed_modules_come_out_as_they_went_in(string ending, string program)
    {
        ArgumentNullException.ThrowIfNull(program);
        Command.Require(program.Split(' ')[0]);
        using TempDirectory directory = new();
        foreach (KernelModule original in HostKernel.Modules().Take(8))
        {
            byte[] expected = original.Read();
            KernelModule module = Compress(directory, expected, ending, program);
            Assert.Equal("module.ko", module.FileName);
            Assert.Equal(expected, module.Read());
        }
    }

    [Theory]
    [MemberData(nameof(Compressions))]
    public void Damaged_compressed_modules_are_refused_or_read(string ending, string program)
    {
        ArgumentNullException.ThrowIfNull(program);
        Command.Require(program.Split(' ')[0]);
        using TempDirectory directory = new();
        KernelModule module = Compress(directory, HostKernel.Modules().MinBy(module => module.Content.Length)!.Read(), ending, program);
        byte[] file = File.ReadAllBytes(module.Path);
        Random random = new(17);
        int refused = 0;
        for (int round = 0; round < Soak.Rounds(100, 1000); round++)
        {
            byte[] damaged = file[..(random.Next(2) == 0 ? random.Next(file.Length) : file.Length)];
            for (int i = random.Next(1, 4); i > 0 && damaged.Length > 0; i--)
            {
                damaged[random.Next(damaged.Length)] ^= (byte)random.Next(1, 256);
            }

            try
            {
                _ = (module with { Content = new BytesContent(damaged) }).Read();
            }
            catch (ApplianceException e) when (e.Problem is ApplianceProblem.InvalidArchive or ApplianceProblem.InvalidInput)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 1, int.MaxValue);
    }

    [Fact]
    public void A_module_that_would_fill_the_memory_is_refused()
    {
        Command.Require("gzip");
        using TempDirectory directory = new();
        Command.Run("sh", "-c", "head -c 100M /dev/zero | gzip > \"$1\"", "sh", directory.File("module.ko.gz"));
        byte[] file = File.ReadAllBytes(directory.File("module.ko.gz"));
        ApplianceException e = Assert.Throws<ApplianceException>(
            () => new KernelModule(directory.File("module.ko.gz"), new BytesContent(file)).Read());
        Assert.Equal(ApplianceProblem.InvalidInput, e.Problem);
    }

    private static KernelModule Compress(TempDirectory directory, byte[] module, string ending, string program)
    {
        string path = directory.File("module.ko");
        File.Delete(path + ending);
        File.WriteAllBytes(path, module);
        string[] words = [.. program.Split(' '), path];
        Command.Run(words[0], words[1..]);
        return new KernelModule(path + ending, new HostFileContent(path + ending, 0, new FileInfo(path + ending).Length));
    }
}

// What is added to the kernel of the fast profile, run by qemu with a small kernel that looks at itself as new ones do.
using System.Buffers.Binary;
using System.IO.Compression;

using Guestfs.Appliances.Kernel;
using Guestfs.Appliances.Plan;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.Kernel;

public sealed class PvhArgumentsTests
{
    private const int SetupLength = 1024;

    // Where the code is, apart from the headers, and that the note is in memory too.
    private const string Layout = """
        ENTRY(entry)
        PHDRS { kernel PT_LOAD; note PT_NOTE; }
        SECTIONS
        {
          . = 0x1000000;
          .text : { *(.text) } :kernel
          .note.Xen : { *(.note.Xen) } :kernel :note
          /DISCARD/ : { *(*) }
        }
        """;

    [Theory]
    [InlineData("1", "panic=1" + PvhArguments.OneProcessor + PvhArguments.Always)]
    [InlineData("2", "panic=1" + PvhArguments.Always)]
    public void A_kernel_that_reads_its_own_note_finds_it_as_it_was(string processors, string line)
    {
        Command.Require("gcc", "qemu-system-x86_64", "timeout");
        Assert.SkipUnless(HostKernel.Cpu == "x86_64", "The added code is for x86.");
        using TempDirectory directory = new();
        File.WriteAllText(directory.File("layout"), Layout);
        Command.Run(
            "gcc", "-nostdlib", "-static", "-no-pie", "-Wl,--build-id=none", "-Wl,-z,max-page-size=0x1000", "-T", directory.File("layout"),
            "-o", directory.File("elf"), Repository.File("tests", "ApplianceBuilder.Tests", "Kernel", "pvh-kernel.S"));

        // Before and after: qemu must start what it was made of, too.
        Assert.Equal("in place:panic=1\n", Boot(directory.File("elf"), processors));
        File.WriteAllBytes(directory.File("kernel"), Unpack(File.ReadAllBytes(directory.File("elf"))));
        Assert.Equal($"in place:{line}\n", Boot(directory.File("kernel"), processors));
    }

    private static string Boot(string kernel, string processors)
    {
        CommandResult result = Command.TryRun("timeout",
        [
            "30", "qemu-system-x86_64", "-accel", "tcg", "-m", "64", "-smp", processors, "-display", "none", "-nodefaults", "-no-reboot",
            "-debugcon", "stdio", "-device", "isa-debug-exit,iobase=0xf4", "-kernel", kernel, "-append", "panic=1",
        ]);
        return result.Output + result.Error;
    }

    // As the builder does with an image that has it as its payload.
    private static byte[] Unpack(byte[] elf)
    {
        using MemoryStream image = new();
        image.Write(new byte[SetupLength]);
        using (GZipStream payload = new(image, CompressionLevel.Fastest, leaveOpen: true))
        {
            payload.Write(elf);
        }

        byte[] bytes = image.ToArray();
        bytes[0x1F1] = 1;
        "HdrS"u8.CopyTo(bytes.AsSpan(0x202));
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(0x206), 0x20F);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(0x24C), bytes.Length - SetupLength);
        KernelChoice kernel = new()
        {
            ImagePath = "/boot/vmlinuz",
            Image = new BytesContent(bytes),
            Version = "6.13",
            ModulesDirectory = "/lib/modules/6.13",
            Rejected = [],
        };
        List<string> log = [];
        FileContent? unpacked = KernelElf.Unpack(kernel, withTypes: true, log.Add, TestContext.Current.CancellationToken);
        Assert.True(unpacked is not null, string.Join('\n', log));
        byte[] result = new byte[unpacked.Length];
        using IContentReader reader = unpacked.Open();
        reader.ReadExactly(0, result);
        return result;
    }
}

// What is added to the kernel of the fast profile, run by qemu with a small kernel that looks at itself as new ones do.
using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;

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

    // How fast this processor counts, by the host's clock.
    private const string Counter = """
        #include <stdio.h>
        #include <time.h>
        #include <x86intrin.h>
        int main(void)
        {
          struct timespec begin, now, pause = { 0, 200000000 };
          clock_gettime(CLOCK_MONOTONIC, &begin);
          unsigned long long first = __rdtsc();
          nanosleep(&pause, NULL);
          clock_gettime(CLOCK_MONOTONIC, &now);
          unsigned long long last = __rdtsc();
          printf("%.0f", (last - first) / ((now.tv_sec - begin.tv_sec) * 1e3 + (now.tv_nsec - begin.tv_nsec) / 1e6));
        }
        """;

    [Theory]
    [InlineData("1", PvhArguments.OneProcessor + PvhArguments.Always)]
    [InlineData("2", PvhArguments.Always)]
    public void A_kernel_that_reads_its_own_note_finds_it_as_it_was(string processors, string words)
    {
        using TempDirectory directory = new();
        (string elf, string kernel) = MakeKernels(directory);

        // Before and after: qemu must start what it was made of, too.
        Assert.Equal("in place:panic=1\n", Boot(elf, processors));
        Assert.Matches($@"^in place:panic=1{Regex.Escape(words)} tsc_early_khz=\d+\n$", Boot(kernel, processors));
    }

    [Fact]
    public async Task The_processors_frequency_is_found_on_a_busy_host_too()
    {
        using TempDirectory directory = new();
        (_, string kernel) = MakeKernels(directory);
        File.WriteAllText(directory.File("counter.c"), Counter);
        Command.Run("gcc", "-O1", "-o", directory.File("counter"), directory.File("counter.c"));
        double expected = double.Parse(Command.Run(directory.File("counter")), CultureInfo.InvariantCulture);
        using CancellationTokenSource end = new();
        void Spin()
        {
            while (!end.IsCancellationRequested)
            {
            }
        }

        Task[] load = [.. Enumerable.Range(0, Environment.ProcessorCount * 6).Select(_ =>
            Task.Factory.StartNew(Spin, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        List<double> found = [];
        for (int i = 0; i < 4; i++)
        {
            string line = Boot(kernel, "1");
            found.Add(double.Parse(Regex.Match(line, @"tsc_early_khz=(\d+)").Groups[1].Value, CultureInfo.InvariantCulture));
        }

        await end.CancelAsync();
        await Task.WhenAll(load);
        Assert.All(found, frequency => Assert.InRange(frequency, expected * 0.99, expected * 1.01));
    }

    [Fact]
    public void A_machine_without_the_timer_gets_no_frequency()
    {
        using TempDirectory directory = new();
        (_, string kernel) = MakeKernels(directory);
        Assert.Equal(
            $"in place:panic=1{PvhArguments.OneProcessor}{PvhArguments.Always}\n", Boot(kernel, "1", "panic=1", "-machine", "pc,acpi=off"));
    }

    // The kernel would cut off its end, in the middle of a word.
    [Theory]
    [InlineData(1000, true)]
    [InlineData(1900, false)]
    [InlineData(3000, false)]
    public void A_line_that_would_become_too_long_stays_as_it_is(int length, bool fits)
    {
        using TempDirectory directory = new();
        (_, string kernel) = MakeKernels(directory);
        string line = new('x', length);
        string result = Boot(kernel, "1", line);
        if (fits)
        {
            Assert.StartsWith(
                $"in place:{line}{PvhArguments.OneProcessor}{PvhArguments.Always} tsc_early_khz=", result, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal($"in place:{line}\n", result);
        }
    }

    private static (string Elf, string Kernel) MakeKernels(TempDirectory directory)
    {
        Command.Require("gcc", "qemu-system-x86_64", "timeout");
        Assert.SkipUnless(HostKernel.Cpu == "x86_64", "The added code is for x86.");
        (string elf, string kernel) = (directory.File("elf"), directory.File("kernel"));
        File.WriteAllText(directory.File("layout"), Layout);
        Command.Run(
            "gcc", "-nostdlib", "-static", "-no-pie", "-Wl,--build-id=none", "-Wl,-z,max-page-size=0x1000", "-T", directory.File("layout"),
            "-o", elf, Repository.File("tests", "ApplianceBuilder.Tests", "Kernel", "pvh-kernel.S"));
        File.WriteAllBytes(kernel, Unpack(File.ReadAllBytes(elf)));
        return (elf, kernel);
    }

    private static string Boot(string kernel, string processors, string line = "panic=1", params string[] more)
    {
        CommandResult result = Command.TryRun("timeout",
        [
            "30", "qemu-system-x86_64", "-accel", "tcg", "-m", "64", "-smp", processors, "-display", "none", "-nodefaults", "-no-reboot",
            "-debugcon", "stdio", "-device", "isa-debug-exit,iobase=0xf4", "-kernel", kernel, "-append", line, .. more,
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

// The initrd, unpacked and listed by cpio, and compared with its sources by cmp.
using System.Globalization;

using Guestfs.Appliances.Common;
using Guestfs.Appliances.Cpio;
using Guestfs.Appliances.Modules;
using Guestfs.Appliances.Output;
using Guestfs.Appliances.Plan;
using Guestfs.Appliances.Tests.Kernel;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.Initrd;

public sealed class InitrdWriterTests
{
    private const long Time = 1_700_000_000;

    [Fact]
    public void Cpio_unpacks_what_was_put_in()
    {
        Command.Require("cpio", "cmp");
        using TempDirectory directory = new();
        IReadOnlyList<KernelModule> modules = HostKernel.Modules();
        byte[] init = NativeCode.Init(ApplianceProfile.Stock, HostKernel.Cpu);
        string path = directory.File("initrd");
        byte[] digest;
        using (FileStream output = File.Create(path))
        {
            digest = InitrdWriter.Write(output, init, [], modules, Time, TestContext.Current.CancellationToken);
        }

        Assert.Equal(Command.Run("sha256sum", path).Split(' ')[0], Convert.ToHexStringLower(digest));
        Assert.Contains("ASCII cpio archive (SVR4 with no CRC)", Command.Run("file", path), StringComparison.Ordinal);
        Assert.Equal(0, new FileInfo(path).Length % 512);
        Command.Run("sh", "-c", "mkdir \"$1/x\" && cd \"$1/x\" && cpio --quiet -idm < ../initrd", "sh", directory.Path);
        foreach (KernelModule module in modules)
        {
            string tool = Path.GetExtension(module.Path) switch { ".gz" => "zcat", ".xz" => "xzcat", ".zst" => "zstdcat", _ => "cat" };
            Command.Run("sh", "-c", "\"$1\" < \"$2\" | cmp - \"$3\"", "sh", tool, module.Path, directory.File("x/" + module.FileName));
        }

        Assert.Equal(init, File.ReadAllBytes(directory.File("x/init")));
        Assert.Equal(modules.Select(module => module.FileName), File.ReadAllLines(directory.File("x/modules")));

        string[] names = ["dev", "proc", "root", "sys", "init", "modules", .. modules.Select(module => module.FileName)];
        Assert.Equal(
            names, Command.Run("sh", "-c", "cpio --quiet -it < \"$1\"", "sh", path).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        foreach (string name in names)
        {
            string expected = name is "init"
                ? "755 regular file 1" : names.AsSpan(0, 4).Contains(name) ? "755 directory 2" : "644 regular file 1";
            Assert.Equal(
                $"{expected} {Time.ToString(CultureInfo.InvariantCulture)}",
                Command.Run("stat", "-c", "%a %F %h %Y", directory.File("x/" + name)).Trim());
        }

        // The owner is what the archive says, not who unpacks it.
        string[][] listing = [.. Command.Run("sh", "-c", "cpio --quiet -itvn < \"$1\"", "sh", path)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        Assert.All(listing, line => Assert.Equal(("0", "0"), (line[2], line[3])));
    }

    [Fact]
    public void Same_inputs_give_the_same_bytes()
    {
        IReadOnlyList<KernelModule> modules = HostKernel.Modules();
        using MemoryStream first = new(), second = new();
        InitrdWriter.Write(first, "program"u8, [], modules, Time, TestContext.Current.CancellationToken);
        InitrdWriter.Write(second, "program"u8, [], modules, Time, TestContext.Current.CancellationToken);
        Assert.Equal(first.ToArray(), second.ToArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData("/absolute")]
    [InlineData("a/../b")]
    [InlineData("./a")]
    [InlineData("missing/file")]
    [InlineData("twice")]
    [InlineData("TRAILER!!!")]
    [InlineData("nul\0")]
    public void Names_that_an_archive_must_not_have_are_refused(string name)
    {
        using MemoryStream output = new();
        CpioWriter archive = new(output, Time);
        archive.AddFile("twice", Permissions.Octal0644, []);
        long length = output.Length;
        Assert.Throws<ApplianceException>(() => archive.AddFile(name, Permissions.Octal0644, []));
        Assert.Equal(length, output.Length);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0x1_0000_0000)]
    public void Times_that_the_format_cannot_hold_are_refused(long time)
    {
        using MemoryStream output = new();
        Assert.Throws<ApplianceException>(
            () => InitrdWriter.Write(output, "program"u8, [], [], time, TestContext.Current.CancellationToken));
    }
}

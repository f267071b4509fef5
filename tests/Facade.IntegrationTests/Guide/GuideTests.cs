// The guide's samples, and that the guide shows exactly what runs here.
using System.Diagnostics;
using System.Text;

using Guestfs.IntegrationTests.Support;
using Guestfs.TestSupport;

using Microsoft.Extensions.Logging;

using Xunit;

namespace Guestfs.IntegrationTests.Guide;

[Collection(nameof(FilesAppliance))]
public sealed class GuideTests(FilesAppliance appliance) : IDisposable
{
    private readonly GuestfsHandle g = appliance.Guestfs;
    private readonly TempDirectory host = new();
    private readonly StringBuilder printed = new();

    public void Dispose() => host.Dispose();

    [Theory]
    [InlineData("src/Facade/GUIDE.md")]
    [InlineData("docs/recipes.md")]
    public void The_documents_show_these_samples(string document)
    {
        // UPDATE_BASELINES=1 writes them into it.
        string file = Repository.File(document);
        string[] tests = Directory.GetFiles(Repository.File("tests", "Facade.IntegrationTests", "Guide"), "*Tests.cs");
        string expected = GuideText.WithSamples(File.ReadAllText(file), string.Concat(tests.Select(File.ReadAllText)));
        if (Environment.GetEnvironmentVariable("UPDATE_BASELINES") == "1")
        {
            File.WriteAllText(file, expected);
        }

        Assert.Equal(expected, File.ReadAllText(file));
    }

    [Fact]
    public async Task Session()
    {
        string disk = host.File("disk.img");
        await using (FileStream file = File.Create(disk))
        {
            file.SetLength(64 << 20);
        }

        // <Session>
        using GuestfsHandle g = new();
        g.AddDrive(disk, new() { Format = "raw" });
        g.Launch();
        g.Mkfs("ext4", "/dev/sda");
        g.Mount("/dev/sda", "/");
        g.Write("/hello", "Hello from the host\n"u8);
        g.Shutdown();
        // </Session>
        ExtJudge.Check(disk);
        Assert.Equal("Hello from the host\n", ExtJudge.Debugfs(disk, "cat /hello"));
    }

    [Fact]
    public async Task Asynchronous()
    {
        string directory = appliance.NewDirectory();
        string image = host.File("image");
        await File.WriteAllBytesAsync(image, new byte[1 << 20]);
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;

        // <Asynchronous>
        Progress<GuestfsProgress> progress = new(p => Print($"{100 * p.Position / p.Total} %"));
        await g.UploadAsync(image, directory + "/image", progress, cancellationToken);
        string checksum = await g.RunAsync(handle => handle.Checksum("sha256", directory + "/image"), cancellationToken: cancellationToken);
        // </Asynchronous>
        Assert.Equal(Command.Run("sha256sum", image).Split(' ')[0], checksum);
    }

    [Fact]
    public async Task Streams()
    {
        string directory = appliance.NewDirectory();
        g.Write(directory + "/a", "one"u8);

        // <Streams>
        await using (FileStream archive = File.Create(host.File("backup.tar.gz")))
        {
            await g.TarOutAsync(directory, archive, new() { Compress = "gzip" });
        }
        // </Streams>
        Assert.Equal("one", Command.Run("tar", "-xzOf", host.File("backup.tar.gz"), "./a"));
    }

    [Fact]
    public void GuestFiles()
    {
        string path = appliance.NewDirectory() + "/log";

        // <GuestFiles>
        using (StreamWriter writer = new(g.OpenWrite(path, FileMode.Create)))
        {
            writer.WriteLine("one");
            writer.WriteLine("two");
        }

        using StreamReader reader = new(g.OpenRead(path));
        string? first = reader.ReadLine();
        // </GuestFiles>
        Assert.Equal("one", first);
        Assert.Equal("one\ntwo\n"u8.ToArray(), appliance.ReadOnHost(path));
    }

    [Fact]
    public void Walking()
    {
        string directory = appliance.NewDirectory();
        appliance.Shell($"mkdir /sysroot{directory}/sub; head -c 5000 /dev/zero > /sysroot{directory}/sub/five; "
            + $"ln -s five /sysroot{directory}/sub/link");

        // <Walking>
        long total = 0;
        foreach (GuestfsDirectoryEntry entry in g.EnumerateDirectory(directory, new() { RecurseSubdirectories = true, Status = true }))
        {
            if (entry.Type == GuestfsFileType.RegularFile)
            {
                total += entry.Status!.Size;
            }
        }
        // </Walking>
        Assert.Equal(5000, total);
    }

    [Fact]
    public void Errors()
    {
        // <Errors>
        try
        {
            using GuestfsHandle broken = new();
            broken.SetHv("/no/such/qemu");
            broken.Launch();
        }
        catch (GuestfsLaunchException e) when (e.Failure == LaunchFailure.HypervisorMissing)
        {
            Print(e.Remedy);
        }

        try
        {
            g.Cat("/no-such-file");
        }
        catch (GuestfsException e)
        {
            Print($"{e.Operation}: errno {e.Errno}");
        }
        // </Errors>
        Assert.Contains("cat: errno 2", printed.ToString(), StringComparison.Ordinal);
        Assert.Contains("qemu", printed.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Events()
    {
        // <Events>
        g.TraceMessageReceived += (_, e) => Print(e.Text);
        g.SetTrace(true);
        g.Filesize("/");
        g.SetTrace(false);
        // </Events>
        Assert.Contains("filesize \"/\"", printed.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Extraction()
    {
        string directory = appliance.NewDirectory();
        g.Write(directory + "/report", "text"u8);
        g.LnS("/etc/passwd", directory + "/report.link");
        string target = host.File("reports");

        // <Extraction>
        Directory.CreateDirectory(target);
        ExtractReport report = await g.ExtractAsync(directory, target, new() { MaxTotalSize = 1L << 30 });
        foreach (ExtractSkipped skipped in report.Skipped)
        {
            Print($"{skipped.Path}: {skipped.Reason}");
        }
        // </Extraction>
        Assert.Equal("text", await File.ReadAllTextAsync(Directory.GetFiles(target, "report", SearchOption.AllDirectories).Single()));
        Assert.Contains("report.link", printed.ToString(), StringComparison.Ordinal);
        Assert.Equal("", Command.Run("find", target, "-type", "l"));
    }

    [Fact]
    public void Logging()
    {
        using LineLogger loggerFactory = new(Print);

        // <Logging>
        using GuestfsHandle g = new(new() { LoggerFactory = loggerFactory });
        g.SetTrace(true);
        g.SetMemsize(1024);
        // </Logging>
        Assert.Contains("Guestfs.Trace: set_memsize 1024", printed.ToString(), StringComparison.Ordinal);
    }

    private void Print(string? line)
    {
        lock (printed)
        {
            printed.AppendLine(line);
        }
    }

    // In place of a program's own logging.
    private sealed class LineLogger(Action<string> print, string category = "") : ILoggerFactory, ILogger
    {
        public ILogger CreateLogger(string categoryName) => new LineLogger(print, categoryName);

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            print($"{category}: {formatter(state, exception)}");

        public void Dispose()
        {
        }
    }
}

// The recipes' samples about files.
using System.Globalization;
using System.Text;

using Guestfs.IntegrationTests.Support;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.IntegrationTests.Guide;

[Collection(nameof(FilesAppliance))]
public sealed class RecipeTests(FilesAppliance appliance) : IDisposable
{
    private readonly GuestfsHandle g = appliance.Guestfs;
    private readonly TempDirectory host = new();
    private readonly StringBuilder printed = new();

    public void Dispose() => host.Dispose();

    [Fact]
    public async Task ExtractInAService()
    {
        string directory = appliance.NewDirectory(), scratch = Directory.CreateDirectory(host.File("scratch")).FullName;
        g.Write(directory + "/report", "text"u8);
        g.LnS("/etc/passwd", directory + "/link");
        CancellationToken requestAborted = TestContext.Current.CancellationToken;

        // <ExtractInAService>
        ExtractOptions limits = new() { MaxTotalSize = 100 << 20, MaxEntries = 10_000, MaxDepth = 32 };
        try
        {
            ExtractReport report = await g.ExtractAsync(directory, scratch, limits, cancellationToken: requestAborted);
            Print($"{report.Files} files; {report.SkippedCount} left out");
        }
        catch (GuestfsExtractionException e)
        {
            Print($"refused: {e.Problem}");
        }
        // </ExtractInAService>
        Assert.Equal("1 files; 1 left out\n", printed.ToString());
        Assert.Equal("report", Command.Run("find", scratch, "!", "-type", "d", "-printf", "%f"));
    }

    [Fact]
    public async Task SendAFile()
    {
        string path = appliance.NewDirectory() + "/file";
        g.Write(path, "contents"u8);
        using MemoryStream response = new();

        // <SendAFile>
        await using Stream file = g.OpenRead(path);
        await file.CopyToAsync(response);
        // </SendAFile>
        Assert.Equal(appliance.ReadOnHost(path), response.ToArray());
    }

    [Fact]
    public void ReplaceAFile()
    {
        string path = appliance.NewDirectory() + "/app.conf";
        g.Write(path, "port=80\n"u8);
        g.Chmod(0x180, path);

        // <ReplaceAFile>
        string text = Encoding.UTF8.GetString(g.ReadFile(path)).Replace("port=80", "port=8080", StringComparison.Ordinal);
        g.Write(path + ".new", Encoding.UTF8.GetBytes(text));
        g.CopyAttributes(path, path + ".new", new() { All = true });
        g.Rename(path + ".new", path);
        // </ReplaceAFile>
        Assert.Equal("port=8080\n"u8.ToArray(), appliance.ReadOnHost(path));
        Assert.Contains("Mode:  0600", appliance.Debugfs($"stat {path}"), StringComparison.Ordinal);
    }

    [Fact]
    public void InjectAKey()
    {
        string home = appliance.NewDirectory(), keyFile = host.File("id.pub");
        File.WriteAllText(keyFile, "ssh-ed25519 AAAA user@host\n");
        const int uid = 1000, gid = 1001;

        // <InjectAKey>
        string ssh = home + "/.ssh", keys = ssh + "/authorized_keys";
        g.MkdirP(ssh);
        g.WriteAppend(keys, File.ReadAllBytes(keyFile));
        g.Chmod(0b111_000_000, ssh);
        g.Chmod(0b110_000_000, keys);
        g.Chown(uid, gid, ssh);
        g.Chown(uid, gid, keys);
        // </InjectAKey>
        Assert.Equal(File.ReadAllBytes(keyFile), appliance.ReadOnHost(keys));
        Assert.Matches(@"Mode:  0600[^\n]*\n[^\n]*\nUser: +1000 +Group: +1001 ", appliance.Debugfs($"stat {keys}"));
        Assert.Contains("Mode:  0700", appliance.Debugfs($"stat {ssh}"), StringComparison.Ordinal);
    }

    [Fact]
    public void LargestFiles()
    {
        string directory = appliance.NewDirectory();
        g.Write(directory + "/small", new byte[10]);
        g.Mkdir(directory + "/sub");
        g.Write(directory + "/sub/large", new byte[1000]);

        // <LargestFiles>
        IEnumerable<GuestfsDirectoryEntry> largest =
            g.EnumerateDirectory(directory, new() { RecurseSubdirectories = true, Status = true, ContinueOnError = (_, _) => true })
                .Where(entry => entry.Type == GuestfsFileType.RegularFile)
                .OrderByDescending(entry => entry.Status!.Size)
                .Take(10);
        foreach (GuestfsDirectoryEntry entry in largest)
        {
            Print($"{entry.Status!.Size} {entry.Path}");
        }
        // </LargestFiles>
        Assert.Equal($"1000 {directory}/sub/large\n10 {directory}/small\n", printed.ToString());
    }

    [Fact]
    public void Checksums()
    {
        string directory = appliance.NewDirectory(), sums = host.File("sums");
        g.Write(directory + "/one", "1"u8);

        // <Checksums>
        g.ChecksumsOut("sha256", directory, sums);
        // </Checksums>
        string copy = Directory.CreateDirectory(host.File("copy")).FullName;
        File.WriteAllText(Path.Combine(copy, "one"), "1");
        Assert.Equal("./one: OK\n", Command.TryRun("sha256sum", ["-c", sums], directory: copy).Output);
    }

    [Fact]
    public void SearchText()
    {
        string directory = appliance.NewDirectory();
        g.Write(directory + "/conf", "a=1\nListen 8080\n"u8);

        // <SearchText>
        foreach (string line in g.Grep("^Listen +[0-9]+", directory + "/conf", new() { Extended = true }))
        {
            Print(line);
        }
        // </SearchText>
        Assert.Equal("Listen 8080\n", printed.ToString());
    }

    [Fact]
    public async Task BackUpAndRestore()
    {
        string directory = appliance.NewDirectory(), other = appliance.NewDirectory(), backup = host.File("backup.tar.gz");
        g.Write(directory + "/file", "kept"u8);

        // <BackUp>
        await g.TarOutAsync(directory, backup, new() { Compress = "gzip", NumericOwner = true, Xattrs = true, Acls = true });
        // </BackUp>
        Assert.Contains("./file\n", Command.Run("tar", "-tzf", backup), StringComparison.Ordinal);

        // <Restore>
        await g.TarInAsync(backup, other, new() { Compress = "gzip", Xattrs = true, Acls = true });
        g.Sync();
        // </Restore>
        Assert.Equal("kept"u8.ToArray(), appliance.ReadOnHost(other + "/file"));
    }

    [Fact]
    public async Task ListAnArchive()
    {
        string directory = appliance.NewDirectory();
        g.Write(directory + "/file", "12345"u8);

        // <ListAnArchive>
        await foreach (System.Formats.Tar.TarEntry entry in g.ReadTarAsync(directory))
        {
            Print($"{entry.Name} {entry.Length.ToString(CultureInfo.InvariantCulture)}");
        }
        // </ListAnArchive>
        Assert.Contains("./file 5\n", printed.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task StopInTime()
    {
        string path = appliance.NewDirectory() + "/image", image = host.File("image");
        await File.WriteAllBytesAsync(image, new byte[1 << 20]);

        // <StopInTime>
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(5));
        try
        {
            await g.UploadAsync(image, path, new Progress<GuestfsProgress>(p => Print($"{p.Position} of {p.Total}")), limit.Token);
        }
        catch (OperationCanceledException)
        {
            Print("it took too long");
        }
        // </StopInTime>
        Assert.Equal(1 << 20, appliance.ReadOnHost(path).Length);
        Assert.DoesNotContain("too long", printed.ToString(), StringComparison.Ordinal);
    }

    private void Print(string line)
    {
        lock (printed)
        {
            printed.Append(line).Append('\n');
        }
    }
}

// A guest's files as .NET's own abstractions. The host's tar and debugfs are the judges.
using System.Formats.Tar;

using Guestfs.TestSupport;

using Microsoft.Extensions.FileProviders;

using Xunit;

namespace Guestfs.Extensions.Hosting.Tests;

public sealed class GuestFilesTests(GuestDisk disk) : IClassFixture<GuestDisk>
{
    private readonly GuestfsHandle g = disk.Guestfs;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Files_have_what_they_have_in_the_guest()
    {
        GuestFileProvider provider = new(g, "/www");
        IFileInfo file = provider.GetFileInfo("/sub/page.html");
        Assert.Equal((true, false, "page.html", 6L, null), (file.Exists, file.IsDirectory, file.Name, file.Length, file.PhysicalPath));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_000_000_000), file.LastModified);
        using StreamReader reader = new(file.CreateReadStream());
        Assert.Equal("<html>", reader.ReadToEnd());
        Assert.Equal("<html>", new StreamReader(provider.GetFileInfo("link").CreateReadStream()).ReadToEnd());
        Assert.True(provider.GetFileInfo("sub").IsDirectory);
        Assert.Throws<IOException>(() => provider.GetFileInfo("sub").CreateReadStream());
    }

    [Fact]
    public void Directories_have_their_entries_but_dangling_links()
    {
        GuestFileProvider provider = new(g, "/www");
        Assert.Equal(
            ["link False", "sub True"],
            provider.GetDirectoryContents("").Select(file => $"{file.Name} {file.IsDirectory}").Order(StringComparer.Ordinal));
        Assert.False(provider.GetDirectoryContents("none").Exists);
        Assert.False(provider.GetDirectoryContents("sub/page.html").Exists);
        Assert.Contains("www", new GuestFileProvider(g).GetDirectoryContents("/").Select(file => file.Name));
    }

    [Theory]
    [InlineData("../secret")]
    [InlineData("/sub/../../secret")]
    [InlineData("sub/page.html/more")]
    [InlineData("none")]
    [InlineData("dangling")]
    [InlineData("a\0b")]
    public void What_is_not_there_is_not_found(string path) => Assert.False(new GuestFileProvider(g, "/www").GetFileInfo(path).Exists);

    [Fact]
    public void A_handle_that_is_closed_is_no_missing_file()
    {
        GuestfsHandle closed = new();
        closed.Dispose();
        Assert.Throws<ObjectDisposedException>(() => new GuestFileProvider(closed).GetFileInfo("/file"));
    }

    [Fact]
    public async Task An_archive_is_read_entry_by_entry()
    {
        using TempDirectory directory = new();
        g.TarOut("/www", directory.File("www.tar"));
        List<string> names = [];
        string text = "";
        await foreach (TarEntry entry in g.ReadTarAsync("/www", cancellationToken: Cancellation))
        {
            names.Add(entry.Name);
            if (entry.Name.EndsWith("page.html", StringComparison.Ordinal))
            {
                text = await new StreamReader(entry.DataStream!).ReadToEndAsync(Cancellation);
            }
        }

        Assert.Equal(Command.Run("tar", "tf", directory.File("www.tar")), string.Concat(names.Select(name => name + "\n")));
        Assert.Equal("<html>", text);
    }

    [Fact]
    public async Task An_archive_that_is_not_read_to_its_end_leaves_the_handle_usable()
    {
        g.Fallocate64("/large", 40 << 20);
        g.Mkdir("/more");
        g.Mv("/large", "/more/large");
        await foreach (TarEntry entry in g.ReadTarAsync("/more", cancellationToken: Cancellation))
        {
            break;
        }

        Assert.Equal("<html>", g.Cat("/www/sub/page.html"));
        GuestfsException e = await Assert.ThrowsAnyAsync<GuestfsException>(async () =>
        {
            await foreach (TarEntry entry in g.ReadTarAsync("/none", cancellationToken: Cancellation))
            {
            }
        });
        Assert.Contains("/none", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_archive_is_written_entry_by_entry()
    {
        g.Mkdir("/in");
        await g.WriteTarAsync("/in", async writer =>
        {
            await writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.Directory, "d"), Cancellation);
            await writer.WriteEntryAsync(
                new PaxTarEntry(TarEntryType.RegularFile, "d/f") { DataStream = new MemoryStream("from here"u8.ToArray()) }, Cancellation);
        }, cancellationToken: Cancellation);
        g.Sync();
        Assert.Equal("from here", Command.Run("debugfs", "-R", "cat /in/d/f", disk.Image));
    }

    // More than the pipe holds, so that a writer that nobody listens to would wait for ever.
    [Fact]
    public async Task Writing_fails_with_what_failed()
    {
        byte[] large = new byte[4 << 20];
        Task Write(TarWriter writer) => writer.WriteEntryAsync(
            new PaxTarEntry(TarEntryType.RegularFile, "f") { DataStream = new MemoryStream(large) }, Cancellation);
        GuestfsException e = await Assert.ThrowsAnyAsync<GuestfsException>(
            () => g.WriteTarAsync("/none", Write, cancellationToken: Cancellation));
        Assert.Contains("/none", e.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => g.WriteTarAsync("/", async writer =>
        {
            await Write(writer);
            throw new InvalidTimeZoneException();
        }, cancellationToken: Cancellation));
        Assert.Equal("<html>", g.Cat("/www/sub/page.html"));
    }
}

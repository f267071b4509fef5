// Streams in place of host files, in both directions, at ease and when they fail.
using System.Security.Cryptography;

using Guestfs.IntegrationTests.Support;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.IntegrationTests.Async;

[Collection(nameof(FilesAppliance))]
public sealed class StreamTransferTests(FilesAppliance appliance)
{
    private readonly GuestfsHandle g = appliance.Guestfs;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(8192)]
    [InlineData((3 << 20) + 17)]
    public async Task A_stream_arrives_whole_and_comes_back_whole(int size)
    {
        byte[] content = RandomNumberGenerator.GetBytes(size);
        string path = appliance.NewDirectory() + "/file";

        g.Upload(new MemoryStream(content), path);
        Assert.Equal(content, appliance.ReadOnHost(path));
        using MemoryStream sync = new();
        g.Download(path, sync);
        Assert.Equal(content, sync.ToArray());

        await g.UploadAsync(new ChunkedStream(content), path + "2", cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(content, appliance.ReadOnHost(path + "2"));
        using MemoryStream async = new();
        await g.DownloadAsync(path + "2", async, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(content, async.ToArray());
        Assert.True(async.CanWrite, "The stream was closed.");
    }

    [Fact]
    public void Tar_reads_an_archive_of_the_appliance_that_never_was_a_file()
    {
        string directory = appliance.NewDirectory();
        g.Write(directory + "/a", "one"u8);
        g.Write(directory + "/b", "two"u8);
        string archive = appliance.HostFile("stream.tar");
        using (FileStream file = File.Create(archive))
        {
            g.TarOut(directory, file);
        }

        Assert.Equal("one", Command.Run("tar", "-xOf", archive, "./a"));
        string copy = appliance.NewDirectory();
        using (FileStream file = File.OpenRead(archive))
        {
            g.TarIn(file, copy);
        }

        Assert.Equal("two"u8.ToArray(), appliance.ReadOnHost(copy + "/b"));
    }

    [Fact]
    public async Task What_the_stream_throws_is_thrown_and_the_handle_goes_on()
    {
        string path = appliance.NewDirectory() + "/file";
        g.Upload(new MemoryStream(new byte[4 << 20]), path);
        foreach (int after in (int[])[0, 1000, 3 << 20])
        {
            InvalidDataException own = new("mine");
            Assert.Same(own, Assert.Throws<InvalidDataException>(() => g.Upload(new FailingStream(after, own), path + "2")));
            Assert.Same(own, Assert.Throws<InvalidDataException>(() => g.Download(path, new FailingStream(after, own))));
            Assert.Same(
                own, await Assert.ThrowsAsync<InvalidDataException>(() => g.UploadAsync(new FailingStream(after, own), path + "2")));
            Assert.Same(own, await Assert.ThrowsAsync<InvalidDataException>(() => g.DownloadAsync(path, new FailingStream(after, own))));
            Assert.Equal("4194304", appliance.Shell($"stat -c %s /sysroot{path}").Trim());
        }
    }

    [Fact]
    public void The_library_s_own_error_is_thrown_when_the_stream_is_fine()
    {
        using MemoryStream empty = new();
        GuestfsException e = Assert.Throws<GuestfsException>(() => g.Download("/no-such-file", empty));
        Assert.Equal(2, e.Errno);
        Assert.Equal(0, empty.Length);

        e = Assert.Throws<GuestfsException>(() => g.Upload(new MemoryStream(new byte[8 << 20]), "/no-such-directory/file"));
        Assert.Equal(2, e.Errno);
        g.PingDaemon();
    }

    [Fact]
    public void A_stream_of_the_wrong_direction_is_refused()
    {
        using MemoryStream readOnly = new([], writable: false);
        Assert.Throws<ArgumentException>("destination", () => g.Download("/x", readOnly));
        Assert.Throws<ArgumentNullException>("source", () => g.Upload((Stream)null!, "/x"));
    }

    // Gives a few bytes at a time, and only to the asynchronous method.
    private sealed class ChunkedStream(byte[] content) : MemoryStream
    {
        private int done;

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override int Read(Span<byte> buffer) => throw new NotSupportedException();

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            int count = Math.Min(Math.Min(buffer.Length, 100_000), content.Length - done);
            content.AsMemory(done, count).CopyTo(buffer);
            done += count;
            return count;
        }
    }

    // Reads zeros, or swallows what is written, and fails after so many bytes.
    private sealed class FailingStream(int after, Exception exception) : Stream
    {
        private int done;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            count = Math.Min(count, after - done);
            done += count;
            return count > 0 ? count : throw exception;
        }

        public override void Write(byte[] buffer, int offset, int count)
        {
            done += count;
            if (done > after)
            {
                throw exception;
            }
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}

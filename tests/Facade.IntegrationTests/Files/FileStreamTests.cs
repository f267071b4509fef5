// Streams on files of the guest, beside .NET's own streams on copies of them on the host.
using System.Security.Cryptography;

using Guestfs.IntegrationTests.Support;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.IntegrationTests.Files;

[Collection(nameof(FilesAppliance))]
public sealed class FileStreamTests(FilesAppliance appliance)
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    private readonly GuestfsHandle g = appliance.Guestfs;
    private readonly string file = appliance.NewDirectory() + "/file";

    [Fact]
    public async Task Reading_from_beginning_to_end_gives_the_bytes_that_sha256sum_sees_in_each_way()
    {
        byte[] content = Bytes((5 << 20) + 123);
        appliance.Upload(file, content);
        string expected = GuestSha256(file);

        await using Stream stream = await g.OpenReadAsync(file, Token);
        Assert.True(stream is { CanRead: true, CanSeek: true, CanWrite: false });
        Assert.Equal(content.Length, stream.Length);
        Assert.Equal(expected, Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, Token)));
        Assert.Equal(content.Length, stream.Position);
        Assert.Equal(0, await stream.ReadAtLeastAsync(new byte[10], 1, throwOnEndOfStream: false, Token));

        stream.Position = 0;
        using MemoryStream copy = new();
        await stream.CopyToAsync(copy, Token);
        Assert.Equal(expected, Convert.ToHexStringLower(SHA256.HashData(copy.GetBuffer().AsSpan(0, (int)copy.Length))));
        ReadsInEachWay(stream, expected);

        using CancellationTokenSource canceled = new();
        await canceled.CancelAsync();
        stream.Position = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await stream.ReadExactlyAsync(new byte[10], canceled.Token));
    }

    [Fact]
    public void Seeking_about_gives_what_the_copy_on_the_host_has_there()
    {
        byte[] content = Bytes(2_500_000);
        string host = appliance.Upload(file, content);
        using FileStream theirs = File.OpenRead(host);
        using Stream ours = g.OpenRead(file);
        Random random = new(1);
        for (int i = 0; i < Soak.Rounds(60, 600); i++)
        {
            SeekOrigin origin = (SeekOrigin)random.Next(3);
            long target = random.Next(content.Length + 1000);
            long offset = target - origin switch { SeekOrigin.Begin => 0, SeekOrigin.Current => theirs.Position, _ => content.Length };
            Assert.Equal(theirs.Seek(offset, origin), ours.Seek(offset, origin));
            byte[] expected = new byte[random.Next(100_000)], actual = new byte[expected.Length];
            Assert.Equal(theirs.ReadAtLeast(expected, expected.Length, throwOnEndOfStream: false),
                ours.ReadAtLeast(actual, actual.Length, throwOnEndOfStream: false));
            Assert.Equal(expected, actual);
            Assert.Equal(theirs.Position, ours.Position);
        }

        Assert.Throws<IOException>(() => ours.Seek(-1, SeekOrigin.Begin));
    }

    [Fact]
    public async Task Writing_and_seeking_about_leaves_what_the_same_leaves_on_the_host()
    {
        string host = appliance.HostFile(Guid.NewGuid().ToString("N"));
        Random random = new(2);
        using (FileStream theirs = File.Create(host))
        {
            await using Stream ours = await g.OpenWriteAsync(file, FileMode.Create, Token);
            Assert.True(ours is { CanRead: false, CanSeek: true, CanWrite: true });
            for (int i = 0; i < Soak.Rounds(40, 400); i++)
            {
                byte[] bytes = Bytes(random.Next(random.Next(8) == 0 ? 3_000_000 : 20_000), i);
                switch (random.Next(5))
                {
                    case 0:
                        long position = random.Next(2_000_000);
                        theirs.Seek(position, SeekOrigin.Begin);
                        ours.Seek(position, SeekOrigin.Begin);
                        break;
                    case 1:
                        long length = random.Next(3_000_000);
                        theirs.SetLength(length);
                        ours.SetLength(length);
                        break;
                    case 2:
                        await theirs.WriteAsync(bytes, Token);
                        await ours.WriteAsync(bytes, Token);
                        break;
                    case 3:
                        theirs.WriteByte(7);
                        ours.WriteByte(7);
                        break;
                    default:
                        theirs.Write(bytes);
                        ours.Write(bytes);
                        break;
                }

                Assert.Equal((theirs.Position, theirs.Length), (ours.Position, ours.Length));
            }
        }

        Assert.Equal(Command.Run("sha256sum", host)[..64], GuestSha256(file));
    }

    [Fact]
    public void Each_mode_makes_empties_keeps_or_refuses_the_file_as_on_the_host()
    {
        string host = appliance.HostFile(Guid.NewGuid().ToString("N"));
        foreach (FileMode mode in Enum.GetValues<FileMode>())
        {
            foreach (bool exists in (bool[])[false, true])
            {
                g.RmF(file);
                File.Delete(host);
                if (exists)
                {
                    g.Write(file, "before"u8);
                    File.WriteAllText(host, "before");
                }

                // Their kinds of exception differ, what is there afterwards must not.
                bool refused = Record.Exception(() => Write(new FileStream(host, mode, FileAccess.Write))) is IOException;
                Assert.Equal(refused, Record.Exception(() => Write(g.OpenWrite(file, mode))) is GuestfsException);
                Assert.Equal(File.Exists(host), g.Exists(file));
                Assert.Equal(File.Exists(host) ? File.ReadAllText(host) : "", appliance.Shell($"cat /sysroot{file} 2>/dev/null || true"));
            }
        }

        static void Write(Stream stream)
        {
            using (stream)
            {
                stream.Write("new"u8);
            }
        }
    }

    [Fact]
    public void A_name_below_dev_is_a_device_where_the_appliance_has_it_and_else_a_file()
    {
        appliance.Shell("mkdir -p /sysroot/dev && echo file > /sysroot/dev/only-in-guest && rm -f /tmp/disk && truncate -s 3M /tmp/disk");
        string device = appliance.Shell("losetup -f --show /tmp/disk").Trim();
        try
        {
            byte[] content = Bytes(1_200_000);
            using (Stream stream = g.OpenWrite(device, FileMode.Open))
            {
                Assert.Equal(3 << 20, stream.Length);
                Assert.Throws<NotSupportedException>(() => stream.SetLength(1));
                stream.Position = 4097;
                stream.Write(content);
            }

            appliance.Shell("sync");
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)),
                appliance.Shell($"tail -c +4098 /tmp/disk | head -c {content.Length} | sha256sum")[..64]);
            using (Stream stream = g.OpenRead(device))
            {
                Assert.Equal(3 << 20, stream.Length);
                Assert.Equal(appliance.Shell("sha256sum /tmp/disk")[..64], Convert.ToHexStringLower(SHA256.HashData(stream)));
            }

            Assert.Throws<ArgumentException>("mode", () => g.OpenWrite(device, FileMode.Create));
            using StreamReader reader = new(g.OpenRead("/dev/only-in-guest"));
            Assert.Equal("file\n", reader.ReadToEnd());
            Assert.Equal("blockdev_getsize64", Assert.Throws<GuestfsException>(() => g.OpenRead("/dev/sdzz")).Operation);
        }
        finally
        {
            appliance.Shell($"losetup -d {device}; rm -rf /tmp/disk /sysroot/dev");
        }
    }

    [Fact]
    public void A_file_whose_size_the_kernel_does_not_tell_is_read_to_its_end()
    {
        g.Mkdir(file);
        appliance.Shell($"mount -t proc proc /sysroot{file}");
        try
        {
            using StreamReader reader = new(g.OpenRead(file + "/filesystems"));
            Assert.Equal(appliance.Shell("cat /proc/filesystems"), reader.ReadToEnd().TrimEnd());
        }
        finally
        {
            appliance.Shell($"umount /sysroot{file}");
        }
    }

    [Fact]
    public async Task A_full_filesystem_is_told_by_flushing_and_by_disposing_but_only_once()
    {
        g.Mkdir(file);
        appliance.Shell($"mount -t tmpfs -o size=64k tmpfs /sysroot{file}");
        try
        {
            ToldOnce(Open(file + "/a"), stream => stream.Flush());
            ToldOnce(Open(file + "/b"), stream => stream.Dispose());

            Stream later = await g.OpenWriteAsync(file + "/c", FileMode.Create, Token);
            await later.WriteAsync(new byte[100_000], Token);
            Assert.Equal(28, (await Assert.ThrowsAsync<GuestfsException>(async () => await later.DisposeAsync())).Errno);
            await later.DisposeAsync();
        }
        finally
        {
            appliance.Shell($"umount /sysroot{file}");
        }
    }

    private Stream Open(string path) => g.OpenWrite(path, FileMode.Create);

    private static void ToldOnce(Stream stream, Action<Stream> action)
    {
        stream.Write(new byte[100_000]);
        Assert.Equal(28, Assert.Throws<GuestfsException>(() => action(stream)).Errno);
        stream.Dispose();
        Assert.False(stream.CanWrite);
    }

    [Fact]
    public void A_closed_stream_and_what_it_is_not_for_are_refused()
    {
        g.Write(file, "content"u8);
        Stream reading = g.OpenRead(file), writing = g.OpenWrite(file, FileMode.Open);
        Assert.Throws<NotSupportedException>(() => reading.WriteByte(1));
        Assert.Throws<NotSupportedException>(() => reading.SetLength(1));
        Assert.Throws<NotSupportedException>(() => writing.ReadByte());
        reading.Dispose();
        writing.Dispose();
        Assert.True(reading is { CanRead: false, CanSeek: false });
        Assert.Throws<ObjectDisposedException>(() => reading.ReadByte());
        Assert.Throws<ObjectDisposedException>(() => reading.Length);
        Assert.Throws<ObjectDisposedException>(() => writing.WriteByte(1));
        Assert.Throws<ObjectDisposedException>(() => writing.Position = 1);
        Assert.Equal(2, Assert.Throws<GuestfsException>(() => g.OpenRead(file + "-missing")).Errno);
        Assert.Equal(2, Assert.Throws<GuestfsException>(() => g.OpenWrite(file + "-missing", FileMode.Open)).Errno);
    }

    private static void ReadsInEachWay(Stream stream, string expected)
    {
        stream.Position = 0;
        using (MemoryStream copy = new())
        {
            stream.CopyTo(copy);
            Assert.Equal(expected, Convert.ToHexStringLower(SHA256.HashData(copy.GetBuffer().AsSpan(0, (int)copy.Length))));
        }

        stream.Position = 0;
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[1_300_001];
        Random random = new(3);
        for (int count = -1; count != 0;)
        {
            count = stream.Read(buffer, 0, random.Next(3) == 0 ? buffer.Length : 1 + random.Next(9000));
            hash.AppendData(buffer.AsSpan(0, count));
        }

        Assert.Equal(expected, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private string GuestSha256(string path) => appliance.Shell($"sha256sum /sysroot{path}")[..64];

    private static byte[] Bytes(int count, int seed = 0)
    {
        byte[] bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}

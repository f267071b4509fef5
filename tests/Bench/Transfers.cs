// Moves the same bytes and lists the same directory with one running appliance: as C does it, and as the managed API does.
using System.Globalization;

using Guestfs.Interop;

namespace Guestfs.Bench;

/// <summary>The appliance, its files, and the ways. A new way is one line in <see cref="All"/>.</summary>
internal sealed class Transfers : IDisposable
{
    private const int Size = 64 << 20;
    private const int Names = 20_000;
    private const string GuestFile = "/file", GuestCopy = "/copy", GuestDirectory = "/many";

    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("guestfs-bench.");
    private readonly GuestfsHandle g = new();
    private readonly byte[] buffer = new byte[64 << 10];
    private readonly byte[] large = new byte[1 << 20];

    internal Transfers()
    {
        string image = HostPath("image");
        using (FileStream disk = File.Create(image))
        {
            disk.SetLength(1L << 30);
        }

        // Random, so that nothing on the way can make it shorter.
        using (FileStream source = File.Create(HostPath("source")))
        {
            Random random = new(0);
            for (int written = 0; written < Size; written += large.Length)
            {
                random.NextBytes(large);
                source.Write(large);
            }
        }

        g.AddDrive(image, new AddDriveOptions { Format = "raw" });
        g.Launch();
        g.Mke2fs("/dev/sda", new Mke2fsOptions { FsType = "ext4", HasJournal = false });
        g.Mount("/dev/sda", "/");
        g.Upload(HostPath("source"), GuestFile);
        g.Mkdir(GuestDirectory);
        g.FillDir(GuestDirectory, Names);
    }

    internal IReadOnlyList<TransferCase> All =>
    [
        new($"read {Size >> 20} MiB", "C: guestfs_download to a file", Download),
        new($"read {Size >> 20} MiB", "Download to a stream", DownloadStream),
        new($"read {Size >> 20} MiB", "DownloadAsync to a stream", () => DownloadStreamAsync().GetAwaiter().GetResult()),
        new($"read {Size >> 20} MiB", "OpenRead, Read of 64 KiB", Read),
        new($"read {Size >> 20} MiB", "OpenRead, CopyTo a file", CopyToFile),
        new($"read {Size >> 20} MiB", "OpenRead, CopyToAsync a file", () => CopyToFileAsync().GetAwaiter().GetResult()),
        new($"write {Size >> 20} MiB", "C: guestfs_upload from a file", Upload),
        new($"write {Size >> 20} MiB", "Upload from a stream", UploadStream),
        new($"write {Size >> 20} MiB", "UploadAsync from a stream", () => UploadStreamAsync().GetAwaiter().GetResult()),
        new($"write {Size >> 20} MiB", "OpenWrite, Write of 64 KiB", Write),
        new(Names.ToString(CultureInfo.InvariantCulture) + " names", "C: guestfs_readdir", Readdir),
        new(Names.ToString(CultureInfo.InvariantCulture) + " names", "EnumerateDirectory", () => Enumerate(default)),
        new(Names.ToString(CultureInfo.InvariantCulture) + " names", "EnumerateDirectory with status", () => Enumerate(
            new() { Status = true })),
    ];

    public void Dispose()
    {
        g.Dispose();
        directory.Delete(recursive: true);
    }

    private string HostPath(string name) => Path.Combine(directory.FullName, name);

    private unsafe void Download()
    {
        using Call call = new(g, stackalloc byte[Call.StackSize]);
        Check(LibGuestfs.guestfs_download(call.Handle, call.String(GuestFile), call.String(HostPath("copy"))) == 0);
    }

    private unsafe void Upload()
    {
        using Call call = new(g, stackalloc byte[Call.StackSize]);
        Check(LibGuestfs.guestfs_upload(call.Handle, call.String(HostPath("source")), call.String(GuestCopy)) == 0);
    }

    private unsafe void Readdir()
    {
        using Call call = new(g, stackalloc byte[Call.StackSize]);
        guestfs_dirent_list* list = LibGuestfs.guestfs_readdir(call.Handle, call.String(GuestDirectory));
        Check(list != null && list->len == Names + 2);
        LibGuestfs.guestfs_free_dirent_list(list);
    }

    private void DownloadStream()
    {
        using FileStream copy = File.Create(HostPath("copy"));
        g.Download(GuestFile, copy);
        Check(copy.Length == Size);
    }

    private async Task DownloadStreamAsync()
    {
        using FileStream copy = File.Create(HostPath("copy"));
        await g.DownloadAsync(GuestFile, copy).ConfigureAwait(false);
        Check(copy.Length == Size);
    }

    private void UploadStream()
    {
        using FileStream source = File.OpenRead(HostPath("source"));
        g.Upload(source, GuestCopy);
    }

    private async Task UploadStreamAsync()
    {
        using FileStream source = File.OpenRead(HostPath("source"));
        await g.UploadAsync(source, GuestCopy).ConfigureAwait(false);
    }

    private void Read()
    {
        using Stream stream = g.OpenRead(GuestFile);
        long total = 0;
        for (int count = -1; count != 0; total += count)
        {
            count = stream.Read(buffer);
        }

        Check(total == Size);
    }

    private void CopyToFile()
    {
        using Stream stream = g.OpenRead(GuestFile);
        using FileStream copy = File.Create(HostPath("copy"));
        stream.CopyTo(copy);
        Check(copy.Length == Size);
    }

    private async Task CopyToFileAsync()
    {
        using Stream stream = await g.OpenReadAsync(GuestFile).ConfigureAwait(false);
        using FileStream copy = File.Create(HostPath("copy"));
        await stream.CopyToAsync(copy).ConfigureAwait(false);
        Check(copy.Length == Size);
    }

    private void Write()
    {
        using Stream stream = g.OpenWrite(GuestCopy, FileMode.Create);
        for (int written = 0; written < Size; written += buffer.Length)
        {
            stream.Write(buffer);
        }
    }

    private void Enumerate(EnumerateDirectoryOptions options) => Check(g.EnumerateDirectory(GuestDirectory, options).Count() == Names);

    private static void Check(bool good)
    {
        if (!good)
        {
            throw new InvalidOperationException("Not what was to be done: nothing to measure.");
        }
    }
}

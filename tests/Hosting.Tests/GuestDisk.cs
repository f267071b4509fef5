using Guestfs.TestSupport;

namespace Guestfs.Extensions.Hosting.Tests;

/// <summary>A launched appliance with some files.</summary>
public sealed class GuestDisk : IDisposable
{
    private readonly TempDirectory directory = new();

    /// <summary>Launches.</summary>
    public GuestDisk()
    {
        Image = directory.File("disk");
        using (FileStream file = File.Create(Image))
        {
            file.SetLength(128 << 20);
        }

        Guestfs.SetMemsize(512);
        Guestfs.AddDrive(Image, new() { Format = "raw" });
        Guestfs.Launch();
        Guestfs.Mke2fs("/dev/sda", new() { FsType = "ext4", HasJournal = false });
        Guestfs.Mount("/dev/sda", "/");
        Guestfs.MkdirP("/www/sub");
        Guestfs.Write("/www/sub/page.html", "<html>"u8);
        Guestfs.Utimens("/www/sub/page.html", 1_000_000_000, 0, 1_000_000_000, 0);
        Guestfs.LnS("sub/page.html", "/www/link");
        Guestfs.LnS("nowhere", "/www/dangling");
        Guestfs.Write("/secret", "secret"u8);
    }

    /// <summary>The handle.</summary>
    public GuestfsHandle Guestfs { get; } = new();

    /// <summary>The disk's image.</summary>
    public string Image { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Guestfs.Dispose();
        directory.Dispose();
    }
}

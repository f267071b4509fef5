// One running appliance for many tests: starting one takes longer than all that a test does in it.
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.IntegrationTests.Support;

/// <summary>An appliance with empty disks, shared by the tests of a collection.</summary>
public abstract class ApplianceFixture : IDisposable
{
    private readonly TempDirectory directory = new();
    private readonly List<ScratchDisk> disks = [];

    /// <summary>Starts it.</summary>
    /// <param name="sizes">The sizes of its disks in bytes; the images are sparse.</param>
    /// <param name="memsize">Its memory in megabytes; libguestfs' own default if it is not given.</param>
    protected ApplianceFixture(IEnumerable<long> sizes, int? memsize = null)
    {
        Guestfs = NewHandle.ForAppliance();
        try
        {
            Guestfs.SetMemsize(memsize ?? Guestfs.GetMemsize());
            string[] images = [.. sizes.Select(NewImage)];
            foreach (string image in images)
            {
                Guestfs.AddDrive(image, new AddDriveOptions { Format = "raw" });
            }

            Guestfs.Launch();
            string[] kernel = Shell("for link in $(ls -v /dev/disk/by-path/*-scsi-*:0 | grep -v part); do readlink -f $link; done")
                .Split('\n');
            disks.AddRange(
                Guestfs.ListDevices().Select((device, i) => new ScratchDisk(device, kernel[i], images[i], new FileInfo(images[i]).Length)));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The handle of the appliance.</summary>
    public GuestfsHandle Guestfs { get; }

    /// <summary>A directory on the host.</summary>
    public string HostDirectory => directory.Path;

    /// <summary>The name of a new file in <see cref="HostDirectory"/>.</summary>
    public string HostFile(string name) => directory.File(name);

    /// <summary>A disk of at least a size that no other test has used.</summary>
    public ScratchDisk TakeDisk(long minimum = 0)
    {
        ScratchDisk? disk = disks.Where(d => d.Size >= minimum).MinBy(d => d.Size);
        Assert.True(disk is not null, $"No disk of {minimum} bytes is left: give the fixture more.");
        disks.Remove(disk);
        return disk;
    }

    /// <summary>All disks that no test has used, in the order in which they were added.</summary>
    public ScratchDisk[] TakeAllDisks()
    {
        ScratchDisk[] all = [.. disks];
        disks.Clear();
        return all;
    }

    /// <summary>Has a shell in the appliance run a command, past the API under test, and returns what it printed.</summary>
    public string Shell(string command) => Guestfs.Debug("sh", [command]);

    /// <summary>
    /// Brings the images up to date. The disks are cached by the host's page cache alone, so what the appliance has
    /// written out is there for every program on the host.
    /// </summary>
    /// <remarks>Not guestfs_sync, which also has each disk flushed to the host's: seconds, where there are many.</remarks>
    public void Flush() => Shell("sync");

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends the appliance and removes the images.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            Guestfs.Dispose();
            directory.Dispose();
        }
    }

    private string NewImage(long size, int number)
    {
        string image = directory.File($"disk{number}.img");
        using FileStream file = File.Create(image);
        file.SetLength(size);
        return image;
    }
}

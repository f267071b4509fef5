using Guestfs;
using Guestfs.Extensions.Hosting;

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GuestfsProgram;

// Looks at each disk image of a folder once, several at a time; the factory lets as many appliances run as there is memory for.
public sealed class DiskWorker(IGuestfsFactory guestfs, IConfiguration configuration, ILogger<DiskWorker> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        string folder = configuration["Disks"] ?? ".";
        string[] disks = [.. Directory.EnumerateFiles(folder).Where(file => Path.GetExtension(file) is ".qcow2" or ".img" or ".raw")];
        log.LogInformation("{Count} disks in {Folder}.", disks.Length, folder);
        await Parallel.ForEachAsync(disks, stoppingToken, async (disk, cancellation) => await LookAt(disk, cancellation));
    }

    private async Task LookAt(string disk, CancellationToken cancellation)
    {
        try
        {
            await using GuestfsLease lease = await guestfs.LaunchAsync(g => g.AddDrive(disk, new() { ReadOnly = true }), cancellation);
            GuestInspection found = await lease.Handle.InspectAsync(cancellationToken: cancellation);
            foreach (GuestOperatingSystem os in found)
            {
                log.LogInformation("{Disk}: {Product} ({Architecture}).", disk, os.ProductName, os.Architecture);
            }
        }
        catch (GuestfsException e)
        {
            log.LogError(e, "{Disk} could not be looked at.", disk);
        }
    }
}

// Progress of long operations.
using Guestfs.IntegrationTests.Support;

using Xunit;

namespace Guestfs.IntegrationTests.Files;

[Collection(nameof(FilesAppliance))]
public sealed class ProgressTests(FilesAppliance appliance)
{
    private readonly GuestfsHandle g = appliance.Guestfs;

    [Fact]
    public void A_long_upload_tells_how_far_it_has_come()
    {
        // Sparse on the host; all of it goes through the connection.
        const long size = 60L << 20;
        string host = appliance.HostFile("long");
        using (FileStream file = File.Create(host))
        {
            file.SetLength(size);
        }

        string guest = appliance.NewDirectory() + "/long";
        GuestfsProgress[] progress = Record(() => g.Upload(host, guest));
        Assert.All(progress, p => Assert.Equal((ulong)size, p.Total));
        AssertRises(progress);
        Assert.Matches($@"Size: {size}\b", appliance.Debugfs($"stat {guest}"));

        string back = appliance.HostFile("back");
        progress = Record(() => g.Download(guest, back));
        AssertRises(progress);
        Assert.Equal(size, new FileInfo(back).Length);
        File.Delete(host);
        File.Delete(back);
        g.Rm(guest);
    }

    [Fact]
    public void Every_step_of_an_operation_of_some_seconds_is_told_once()
    {
        // The daemon's own test of progress: so many seconds, a message every tenth of a second.
        GuestfsProgress[] progress = Record(() => g.Debug("progress", ["3", "100000"]));
        Assert.True(progress.Length >= 3, $"Only {progress.Length} progress events came.");
        AssertRises(progress);
    }

    private GuestfsProgress[] Record(Action operation)
    {
        List<GuestfsProgress> progress = [];
        int thread = Environment.CurrentManagedThreadId;
        EventHandler<GuestfsProgress> handler = (sender, p) =>
        {
            Assert.Same(g, sender);
            Assert.Equal(thread, Environment.CurrentManagedThreadId);
            progress.Add(p);
        };
        g.ProgressChanged += handler;
        try
        {
            operation();
        }
        finally
        {
            g.ProgressChanged -= handler;
        }

        return [.. progress];
    }

    private static void AssertRises(GuestfsProgress[] progress)
    {
        // None at all when it was too quick to be worth telling.
        if (progress.Length == 0)
        {
            return;
        }

        Assert.Equal(progress.Select(p => p.Position).Order(), progress.Select(p => p.Position));
        Assert.Equal(progress[^1].Total, progress[^1].Position);
        Assert.Single(progress.Select(p => (p.Serial, p.ProcedureNumber)).Distinct());
    }
}

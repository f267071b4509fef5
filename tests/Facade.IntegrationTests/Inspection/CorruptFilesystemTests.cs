// Damaged guests: every call returns or throws a GuestfsException, whatever the filesystem does to the appliance's kernel.
using System.Globalization;

using Guestfs.IntegrationTests.Support;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.IntegrationTests.Inspection;

public sealed class CorruptFilesystemTests
{
    private const int WritesPerDisk = 32;

    // Only ever reached by a call that hangs.
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(30);

    [Fact]
    public async Task Damage_ends_in_a_result_or_an_exception()
    {
        Command.Require("hivexregedit", "debugfs", "dumpe2fs", "tune2fs");
        await Task.Run(Damage, TestContext.Current.CancellationToken)
            .WaitAsync(Hang * Soak.Rounds(1, 10), TestContext.Current.CancellationToken);
    }

    private static void Damage()
    {
        CorruptAppliance appliance = new();
        try
        {
            appliance.WriteGuests(_ => { });
            List<GuestfsException> errors = [];
            Assert.Equal(appliance.Disks.Length, Visit(appliance, readOnly: true, errors));

            // The registry of the Windows guests is not complete: that loses the answers which depend on it, and no others.
            Assert.Equal(
                ["/Windows/System32/Config/system"], errors.Select(e => Assert.IsType<GuestFileException>(e).Path).Distinct());

            for (int round = 0; round < Soak.Rounds(1, 10); round++)
            {
                Random random = new(round);
                try
                {
                    appliance.WriteGuests(guest => Corrupt(guest, random));
                    Visit(appliance, round % 2 == 0, errors);
                }
                catch (GuestfsException e)
                {
                    errors.Add(e);
                    appliance = GoOn(appliance, e);
                }
            }

            // Of so many damaged places, some must have been noticed.
            Assert.Contains(errors, e => !e.Message.Contains("is missing", StringComparison.Ordinal));
            Panic(appliance);
        }
        finally
        {
            appliance.Dispose();
        }
    }

    // Half of the damage is where most filesystems have what they need to be mounted.
    private static void Corrupt(byte[] guest, Random random)
    {
        for (int i = 0; i < WritesPerDisk; i++)
        {
            int length = random.Next(1, 64);
            random.NextBytes(guest.AsSpan(random.Next((i % 2 == 0 ? 128 << 10 : guest.Length) - length), length));
        }
    }

    // Does with each guest what programs do, and with each disk on which inspection sees none any more; by turns read-only and not.
    private static int Visit(CorruptAppliance appliance, bool readOnly, List<GuestfsException> errors)
    {
        GuestfsHandle g = appliance.Guestfs;
        GuestInspection? systems = null;
        Try(() => systems = g.Inspect());
        IEnumerable<GuestOperatingSystem> hidden = appliance.Disks
            .Where(d => systems?.All(os => os.Root != d.Device) ?? true)
            .Select(d => new GuestOperatingSystem { Root = d.Device });
        foreach (GuestOperatingSystem os in (GuestOperatingSystem[])[.. (IEnumerable<GuestOperatingSystem>?)systems ?? [], .. hidden])
        {
            errors.AddRange(os.Problems);
            Try(() =>
            {
                errors.AddRange(g.MountAll(os, readOnly).Failed.Where(f => f.Mountpoint.Path != "/home").Select(f => f.Exception));
                _ = g.ListApplications(os);
            });
            g.UmountAll();
            readOnly = !readOnly;
        }

        return systems?.Count ?? 0;

        void Try(Action action)
        {
            try
            {
                action();
            }
            catch (GuestfsException e) when (g.State == GuestfsState.Ready)
            {
                errors.Add(e);
            }
        }
    }

    private static CorruptAppliance GoOn(CorruptAppliance appliance, GuestfsException error)
    {
        if (appliance.Guestfs.State == GuestfsState.Ready)
        {
            appliance.Guestfs.UmountAll();
            return appliance;
        }

        Assert.IsType<GuestfsApplianceDiedException>(error);
        appliance.Dispose();
        return new CorruptAppliance();
    }

    // A filesystem can ask the kernel to stop at the first error.
    private static void Panic(CorruptAppliance appliance)
    {
        string image = appliance.Ext4Guest();
        Command.Run("tune2fs", "-e", "panic", image);
        int blockSize = int.Parse(ExtJudge.Superblock(image)["Block size"], CultureInfo.InvariantCulture);
        int root = int.Parse(ExtJudge.Debugfs(image, "blocks /").Trim().Split(' ')[0], CultureInfo.InvariantCulture);
        byte[] content = File.ReadAllBytes(image);
        content.AsSpan(root * blockSize, blockSize).Fill(0xff);
        File.WriteAllBytes(image, content);
        appliance.Guestfs.Upload(image, appliance.Disks[0].Device);

        GuestOperatingSystem os = new() { Root = appliance.Disks[0].Device, Mountpoints = [new("/home", appliance.Disks[1].Device, null)] };
        Assert.Throws<GuestfsApplianceDiedException>(() => appliance.Guestfs.MountAll(os));
        Assert.NotEqual(GuestfsState.Ready, appliance.Guestfs.State);
    }
}

// inotify, whose events other programs in the appliance cause.
using Guestfs.IntegrationTests.Support;

using Xunit;

namespace Guestfs.IntegrationTests.Files;

[Collection(nameof(FilesAppliance))]
public sealed class InotifyTests(FilesAppliance appliance)
{
    // From inotify(7).
    private const uint Create = 0x100;
    private const uint Delete = 0x200;
    private const uint MovedFrom = 0x40;
    private const uint MovedTo = 0x80;

    private readonly GuestfsHandle g = appliance.Guestfs;

    [Fact]
    public void What_a_shell_does_in_a_directory_is_told_event_by_event()
    {
        Assert.SkipUnless(g.FeatureAvailable(["inotify"]), "The appliance has no inotify.");
        string directory = appliance.NewDirectory();
        g.InotifyInit(0);
        try
        {
            long watch = g.InotifyAddWatch(directory, (int)(Create | Delete | MovedFrom | MovedTo));
            appliance.Shell($"cd /sysroot{directory} && : > new && mv new moved && rm moved");
            InotifyEvent[] events = g.InotifyRead();
            Assert.Equal(
                [(Create, "new"), (MovedFrom, "new"), (MovedTo, "moved"), (Delete, "moved")], events.Select(e => (e.Mask, e.Name)));
            Assert.All(events, e => Assert.Equal(watch, e.Wd));
            Assert.NotEqual(0u, events[1].Cookie);
            Assert.Equal(events[1].Cookie, events[2].Cookie);

            appliance.Shell($"cd /sysroot{directory} && : > b && : > a && : > b2 && rm a");
            Assert.Equal(["a", "b", "b2"], g.InotifyFiles());
            g.InotifyRmWatch((int)watch);
            appliance.Shell($": > /sysroot{directory}/unseen");
            Assert.DoesNotContain("unseen", g.InotifyRead().Select(e => e.Name));
        }
        finally
        {
            g.InotifyClose();
        }
    }
}

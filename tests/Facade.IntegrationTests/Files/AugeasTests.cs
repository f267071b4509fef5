// Augeas, whose changes are read in the files it saves.
using Guestfs.IntegrationTests.Support;

using Xunit;

namespace Guestfs.IntegrationTests.Files;

[Collection(nameof(FilesAppliance))]
public sealed class AugeasTests(FilesAppliance appliance)
{
    private readonly GuestfsHandle g = appliance.Guestfs;

    [Fact]
    public void Hosts_are_read_changed_and_saved()
    {
        Assert.SkipUnless(g.FeatureAvailable(["augeas"]), "The appliance has no Augeas.");
        string root = appliance.NewDirectory();
        g.Mkdir(root + "/etc");
        g.Write(root + "/etc/hosts", "# comment\n127.0.0.1\tlocalhost\n10.0.0.1\tone.example one uno\n"u8);
        g.AugInit(root, 32); // AUG_NO_LOAD, as the lenses of other files are slow.
        try
        {
            g.AugRm("/augeas/load//incl[. != \"/etc/hosts\"]");
            g.AugLoad();
            Assert.Equal(["/files/etc/hosts/1/ipaddr", "/files/etc/hosts/2/ipaddr"], g.AugMatch("/files/etc/hosts/*/ipaddr"));
            Assert.Equal("one.example", g.AugGet("/files/etc/hosts/2/canonical"));
            Assert.Equal(["alias[1]", "alias[2]", "canonical", "ipaddr"], g.AugLs("/files/etc/hosts/2").Select(p => p.Split('/')[^1]));

            g.AugDefvar("host", "/files/etc/hosts/2");
            g.AugSet("$host/canonical", "eins.example");
            g.AugSet("$host/alias[3]", "eins");
            Assert.Equal(1, g.AugRm("$host/alias[1]"));
            g.AugInsert("/files/etc/hosts/1", "01", before: false);
            g.AugSet("/files/etc/hosts/01/ipaddr", "::1");
            g.AugSet("/files/etc/hosts/01/canonical", "ip6-localhost");
            IntBool node = g.AugDefnode("new", "/files/etc/hosts/02/ipaddr", "10.0.0.2");
            Assert.Equal((1, 1), (node.I, node.B));
            Assert.Equal("ipaddr", g.AugLabel("$new"));
            g.AugSet("/files/etc/hosts/02/canonical", "two");
            GuestfsException error = Assert.Throws<GuestfsException>(() => g.AugGet("/files/etc/nothing"));
            Assert.Equal("aug_get", error.Operation);
            g.AugSave();
        }
        finally
        {
            g.AugClose();
        }

        Assert.Equal(
            "# comment\n127.0.0.1\tlocalhost\n::1\tip6-localhost\n10.0.0.1\teins.example uno eins\n10.0.0.2\ttwo\n",
            appliance.Debugfs($"cat {root}/etc/hosts"));
    }
}

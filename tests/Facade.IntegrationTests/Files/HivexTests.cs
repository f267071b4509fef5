// The Windows registry, which hivexregedit on the host exports.
using System.Text;

using Guestfs.IntegrationTests.Support;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.IntegrationTests.Files;

[Collection(nameof(FilesAppliance))]
public sealed class HivexTests(FilesAppliance appliance)
{
    private readonly GuestfsHandle g = appliance.Guestfs;

    [Fact]
    public void Keys_and_values_are_written_and_read()
    {
        Command.Require("hivexregedit");
        Assert.SkipUnless(g.FeatureAvailable(["hivex"]), "The appliance has no hivex.");
        string hive = appliance.NewDirectory() + "/hive";
        appliance.Upload(hive, MinimalHive.Create());

        byte[] text = Encoding.Unicode.GetBytes("größe\0");
        g.HivexOpen(hive, new HivexOpenOptions { Write = true });
        try
        {
            long software = g.HivexNodeAddChild(g.HivexRoot(), "Software");
            long inner = g.HivexNodeAddChild(software, "Inner");
            g.HivexNodeAddChild(software, "Deleted");
            g.HivexNodeDeleteChild(g.HivexNodeGetChild(software, "Deleted"));
            g.HivexNodeSetValue(inner, "Text", 1, text); // REG_SZ
            g.HivexNodeSetValue(inner, "Number", 4, [0x78, 0x56, 0x34, 0x12]); // REG_DWORD
            g.HivexNodeSetValue(inner, "Bytes", 3, [0, 255, 1]); // REG_BINARY
            g.HivexCommit(null);

            Assert.Equal(["Inner"], g.HivexNodeChildren(software).Select(n => g.HivexNodeName(n.NodeH)));
            Assert.Equal(software, g.HivexNodeParent(inner));
            Assert.Equal(["Bytes", "Number", "Text"], g.HivexNodeValues(inner).Select(v => g.HivexValueKey(v.ValueH)).Order());
            long value = g.HivexNodeGetValue(inner, "Text");
            Assert.Equal((1L, "größe"), (g.HivexValueType(value), g.HivexValueString(value)));
            Assert.Equal(text, g.HivexValueValue(value));
            Assert.Equal([0, 255, 1], g.HivexValueValue(g.HivexNodeGetValue(inner, "Bytes")));
        }
        finally
        {
            g.HivexClose();
        }

        string copy = appliance.HostFile("hive");
        File.WriteAllBytes(copy, appliance.ReadOnHost(hive));
        string exported = Command.Run("hivexregedit", "--export", copy, "\\");
        Assert.Contains("[\\Software\\Inner]", exported, StringComparison.Ordinal);
        Assert.DoesNotContain("Deleted", exported, StringComparison.Ordinal);
        Assert.Contains($"\"Text\"=hex(1):{string.Join(',', text.Select(b => $"{b:x2}"))}", exported, StringComparison.Ordinal);
        Assert.Contains("\"Number\"=dword:12345678", exported, StringComparison.Ordinal);
        Assert.Contains("\"Bytes\"=hex(3):00,ff,01", exported, StringComparison.Ordinal);
    }
}

// The recipes' samples that need operating systems.
using System.Text;
using System.Text.Json;

using Guestfs.IntegrationTests.Inspection;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.IntegrationTests.Guide;

[Collection(nameof(InspectionAppliance))]
public sealed class RecipeGuestTests(InspectionAppliance appliance)
{
    private readonly GuestfsHandle g = appliance.Guestfs;
    private readonly StringBuilder printed = new();

    [Fact]
    public void Packages()
    {
        // <Packages>
        foreach (GuestOperatingSystem os in g.Inspect())
        {
            g.MountAll(os);
            foreach (GuestApplication package in g.ListApplications(os).Applications)
            {
                Print($"{os.Root} {package.Name} {package.Version}");
            }

            g.UmountAll();
        }
        // </Packages>
        string root = appliance.Find("debian").Root;
        Assert.Equal(
            appliance.Packages("debian").Length,
            printed.ToString().Split('\n').Count(line => line.StartsWith(root + " ", StringComparison.Ordinal)));
        Assert.Contains("Example", printed.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ReadConfiguration()
    {
        // <ReadConfiguration>
        GuestOperatingSystem debian = g.Inspect().First(os => os.Distro == "debian");
        g.MountAll(debian);
        foreach (string line in g.ReadLines("/etc/os-release"))
        {
            Print(line);
        }

        g.UmountAll();
        // </ReadConfiguration>
        Assert.Contains("ID=debian\n", printed.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Filesystems()
    {
        // <Filesystems>
        foreach ((string device, string type) in g.ListFilesystems())
        {
            Print($"{device}: {type}, {(type is "unknown" or "swap" ? "" : g.VfsLabel(device))}");
        }
        // </Filesystems>
        Assert.Contains(": ext2, boot\n", printed.ToString(), StringComparison.Ordinal);
        Assert.Contains(": swap, \n", printed.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void FreeSpace()
    {
        // <FreeSpace>
        GuestOperatingSystem debian = g.Inspect().First(os => os.Distro == "debian");
        foreach (string path in g.MountAll(debian).Mounted.Select(mountpoint => mountpoint.Path))
        {
            StatVfs space = g.Statvfs(path);
            Print($"{path}: {100 * space.BAvail / space.Blocks} % of {space.Blocks * space.FrSize} bytes are free");
        }

        g.UmountAll();
        // </FreeSpace>
        Assert.Matches(@"(?m)^/: \d+ % of \d+ bytes are free$", printed.ToString());
        Assert.Matches(@"(?m)^/var: ", printed.ToString());
    }

    [Fact]
    public void Registry()
    {
        // <Registry>
        GuestOperatingSystem windows = g.Inspect().First(os => os.Type == "windows");
        g.MountAll(windows);
        g.HivexOpen(windows.Windows!.SoftwareHive!);
        long node = g.HivexRoot();
        foreach (string key in (string[])["Microsoft", "Windows NT", "CurrentVersion"])
        {
            node = g.HivexNodeGetChild(node, key);
        }

        Print(g.HivexValueString(g.HivexNodeGetValue(node, "ProductName")));
        g.HivexClose();
        g.UmountAll();
        // </Registry>
        Assert.Equal("Windows 7 Enterprise\n", printed.ToString());
    }

    // A volume beside the systems', formatted by the host's cryptsetup.
    [Fact]
    public void Encrypted()
    {
        const string volume = "/dev/guestvg/secret", passphrase = "secret";
        string image = appliance.HostFile("luks");
        using (FileStream file = File.Create(image))
        {
            file.SetLength(8 << 20);
        }

        LuksImage.FormatQuickly(image, passphrase, version: 1);
        g.Lvcreate("secret", "guestvg", 8);
        g.Upload(image, volume);
        string mapping = "/dev/mapper/luks-" + Command.Run("cryptsetup", "luksUUID", image).Trim();
        try
        {
            Show(passphrase + "?");
            Assert.Equal($"{volume}: closed\n", printed.ToString());
            printed.Clear();

            Show(passphrase);
            Assert.Equal($"{volume}: open as {mapping}\n", printed.ToString());
            g.CryptsetupClose(mapping);
        }
        finally
        {
            g.Lvremove(volume);
        }

        void Show(string passphrase)
        {
            // <Encrypted>
            GuestInspection found = g.Inspect(new() { Keys = [GuestKey.FromPassphrase(passphrase)] });
            foreach (GuestEncryptedDevice device in found.EncryptedDevices)
            {
                Print($"{device.Device}: {(device.Mapping is null ? "closed" : "open as " + device.Mapping)}");
            }
            // </Encrypted>
            Assert.Equal(appliance.Systems.Count, found.Count);
        }
    }

    [Fact]
    public void AsJson()
    {
        // <AsJson>
        Print(JsonSerializer.Serialize(g.Inspect(), GuestfsJsonContext.Default.GuestInspection));
        // </AsJson>
        using JsonDocument document = JsonDocument.Parse(printed.ToString());
        Assert.Equal(appliance.Systems.Count, document.RootElement.GetProperty("systems").GetArrayLength());
    }

    private void Print(string line) => printed.Append(line).Append('\n');
}

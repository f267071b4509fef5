// Windows guests whose registry is damaged: they lose what was in the damaged part. hivex on the host judges what can still be read.
using System.Text;

using Guestfs.IntegrationTests.Support;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.IntegrationTests.Inspection;

public sealed class DamagedRegistryTests
{
    private const string Config = "/Windows/System32/Config/", Software = "SOFTWARE", Registry = "SYSTEM";
    private const int Systems = 4;

    // What is read of each: where something cannot be, a '-', else the text in hexadecimal digits.
    private const string Judge = """
        my $h = eval { Win::Hivex->open($ARGV[0], unsafe => 1) };
        sub text {
            my ($name, @path) = @_;
            my $value = eval {
                my $node = $h->root();
                $node = $h->node_get_child($node, $_) // die for @path;
                my $found = $h->node_get_value($node, $name) // die;
                my $data = ($h->value_value($found))[1];
                $name ne "Current" ? $h->value_string($found) : length $data == 4 ? unpack("V", $data) : die;
            };
            print defined $value && length $value ? "=" . unpack("H*", encode_utf8($value)) : "-", "\n";
            return $value;
        }
        my @version = ("Microsoft", "Windows NT", "CurrentVersion");
        text("ProductName", @version);
        text("InstallationType", @version);
        my $set = text("Current", "Select");
        text("Hostname", sprintf("ControlSet%03u", $set // 0), "Services", "Tcpip", "Parameters");
        """;

    [Fact]
    public void A_damaged_registry_loses_only_what_is_damaged()
    {
        using Guests guests = new();
        (byte[] software, byte[] system) = (guests.Software, guests.Registry);
        GuestInspection found = guests.Inspect(
            ([], system), (software, system[..(system.Length / 2)]), (WithoutValue(software, "ProductName"), system),
            (software, WithoutValue(system, "Current")));
        Assert.Empty(found.Problems);
        string host = Export("system", @"\ControlSet001\Services\Tcpip\Parameters", "Hostname");
        string name = Export("software", @"\Microsoft\Windows NT\CurrentVersion", "ProductName");
        Version version = Version.Parse(Export("software", @"\Microsoft\Windows NT\CurrentVersion", "CurrentVersion"));
        for (int i = 0; i < Systems; i++)
        {
            GuestOperatingSystem os = found[i];
            Assert.Equal(("windows", "x86_64", "/Windows"), (os.Type, os.Architecture, os.Windows!.SystemRoot));
            Assert.Equal((i is 0 or 2 ? null : name, i is 0 ? null : version), (os.ProductName, os.Version));
            Assert.Equal(i is 1 or 3 ? null : host, os.HostName);
            Assert.Equal(i is 1 ? [] : [found[^1].Root], os.DriveMappings.Values);
            GuestFileException problem = Assert.IsType<GuestFileException>(Assert.Single(os.Problems));
            Assert.Equal(Config + (i % 2 == 0 ? Software : Registry), problem.Path, ignoreCase: true);
        }

        string Export(string hive, string key, string value) =>
            Command.Run("hivexregedit", "--export", "--unsafe-printable-strings", guests.HostFile(hive), key)
                .Split('\n')
                .Single(line => line.StartsWith($"\"{value}\"=", StringComparison.Ordinal))
                .Split(':', 2)[1].Trim('"');
    }

    [Fact]
    public void Garbage_in_a_registry_is_no_exception_and_takes_nothing_else()
    {
        using Guests guests = new();
        GuestfsHandle g = guests.Guestfs;
        GuestOperatingSystem whole = guests.Inspect([.. Enumerable.Repeat((guests.Software, guests.Registry), Systems)])[0];
        Assert.Empty(whole.Problems);
        Random random = new(16);
        int readable = 0, told = 0;
        for (int round = 0; round < Soak.Rounds(8, 400); round += Systems)
        {
            // Of each guest one of the two.
            (byte[] Software, byte[] Registry)[] hives = [.. Enumerable.Range(0, Systems).Select(i => i % 2 == 0
                ? (Damaged(guests.Software, random), guests.Registry)
                : (guests.Software, Damaged(guests.Registry, random)))];
            GuestInspection found = guests.Inspect(hives);
            Assert.Empty(found.Problems);
            Assert.Equal(Systems, found.Count);
            for (int i = 0; i < Systems; i++)
            {
                bool isSoftware = i % 2 == 0;
                GuestOperatingSystem os = found[i];
                Assert.Equal(
                    (whole.Type, whole.Architecture, whole.Windows!.SystemRoot, whole.Windows.SoftwareHive, whole.Windows.SystemHive),
                    (os.Type, os.Architecture, os.Windows!.SystemRoot, os.Windows.SoftwareHive, os.Windows.SystemHive));
                Assert.All(os.Problems, p => Assert.Equal(
                    Config + (isSoftware ? Software : Registry), Assert.IsType<GuestFileException>(p).Path, ignoreCase: true));
                told += os.Problems.Count;

                string[] software = guests.Judged(hives[i].Software), registry = guests.Judged(hives[i].Registry);
                Assert.Equal(string.Join(' ', software[0], software[1]), $"{Hex(os.ProductName)} {Hex(os.ProductVariant)}");
                Assert.Equal(registry[3], Hex(os.HostName));
                readable += (isSoftware ? software[0] : registry[3]) == "-" ? 0 : 1;
                if (isSoftware)
                {
                    Assert.Equal((whole.HostName, whole.Windows.CurrentControlSet), (os.HostName, os.Windows.CurrentControlSet));
                    g.MountAll(os);
                    Assert.All(g.ListApplications(os).Problems, p => Assert.IsType<GuestFileException>(p));
                    g.UmountAll();
                }
                else
                {
                    Assert.Equal((whole.Version, whole.BuildId, whole.OsinfoId), (os.Version, os.BuildId, os.OsinfoId));
                }
            }
        }

        // Both happened.
        Assert.InRange(readable, 1, int.MaxValue);
        Assert.InRange(told, 1, int.MaxValue);

        static string Hex(string? text) => text is null ? "-" : "=" + Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text));
    }

    // The value of that name has its data far outside: its record is 20 bytes before the name, the place at the eighth of them.
    private static byte[] WithoutValue(byte[] hive, string name)
    {
        int at = hive.AsSpan().IndexOf(Encoding.ASCII.GetBytes(name)) - 20;
        Assert.True(hive.AsSpan(at).StartsWith("vk"u8));
        byte[] damaged = [.. hive];
        BitConverter.GetBytes(64).CopyTo(damaged, at + 4);
        BitConverter.GetBytes(0x00ffff00).CopyTo(damaged, at + 8);
        return damaged;
    }

    // Garbage, nothing or what belongs elsewhere, mostly in the middle of what its keys and values are in; now and then its end is lost.
    private static byte[] Damaged(byte[] whole, Random random)
    {
        const int Header = 4096, Longest = 600;
        byte[] damaged = [.. whole];
        int places = random.Next(1, 5);
        for (int i = 0; i < places; i++)
        {
            int from = random.Next(random.Next(8) == 0 ? 0 : Header, damaged.Length - Longest);
            Span<byte> part = damaged.AsSpan(from, random.Next(1, Longest));
            switch (random.Next(4))
            {
                case 0:
                    random.NextBytes(part);
                    break;
                case 1:
                    part.Fill((byte)random.Next(256));
                    break;
                case 2:
                    part.Reverse();
                    break;
                default:
                    whole.AsSpan(random.Next(Header, whole.Length - part.Length), part.Length).CopyTo(part);
                    break;
            }
        }

        return random.Next(10) == 0 ? damaged[..random.Next(damaged.Length)] : damaged;
    }

    /// <summary>A disk with guests whose registries can be exchanged.</summary>
    private sealed class Guests : ApplianceFixture
    {
        private const int Megabyte = 2048, Sector = 512, Size = 9 * Megabyte;

        private readonly string disk;

        internal Guests()
            : base([40L << 20])
        {
            Command.Require("hivexregedit", "perl");
            disk = TakeAllDisks()[0].Device;
            Guestfs.PartInit(disk, "mbr");
            using TempDirectory directory = new();
            for (int i = 0; i < Systems; i++)
            {
                Guestfs.PartAdd(disk, "p", Megabyte + (i * Size), Megabyte + ((i + 1) * Size) - 1);
            }

            Guestfs.PwriteDevice(disk, Encoding.ASCII.GetBytes(FakeWindows.DiskId), 0x1b8);
            for (int i = 0; i < Systems; i++)
            {
                Guestfs.Mkfs("vfat", Partition(i));
                Mount(i);
                FakeWindows.Install(Guestfs, directory, ('C', (long)(Megabyte + (i * Size)) * Sector));
                Guestfs.UmountAll();
            }

            // All get those of the last, which name its drive.
            (Software, Registry) = (Take("software"), Take("system"));

            byte[] Take(string hive)
            {
                File.Copy(directory.File(hive), HostFile(hive));
                return File.ReadAllBytes(HostFile(hive));
            }
        }

        internal byte[] Software { get; }

        internal byte[] Registry { get; }

        internal GuestInspection Inspect(params (byte[] Software, byte[] Registry)[] hives)
        {
            for (int i = 0; i < hives.Length; i++)
            {
                Mount(i);
                Guestfs.Write(Config + DamagedRegistryTests.Software, hives[i].Software);
                Guestfs.Write(Config + DamagedRegistryTests.Registry, hives[i].Registry);
                Guestfs.UmountAll();
            }

            return Guestfs.Inspect();
        }

        internal string[] Judged(byte[] hive)
        {
            string file = HostFile("judged");
            File.WriteAllBytes(file, hive);
            return Command.Run("perl", "-MWin::Hivex", "-MEncode", "-e", Judge, file).Split('\n');
        }

        private string Partition(int number) => $"{disk}{number + 1}";

        // mount of util-linux 2.42 would ask udev for the type: docs/distributions.md.
        private void Mount(int number) => Guestfs.MountVfs("", "vfat", Partition(number), "/");
    }
}

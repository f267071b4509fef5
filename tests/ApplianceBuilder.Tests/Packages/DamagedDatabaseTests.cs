// Package databases with random damage: they are read or refused, and nothing else happens.
#pragma warning disable CA5394 // Nothing here is secret, and rounds must repeat.
using System.Buffers.Binary;

using Guestfs.Appliances.Packages;
using Guestfs.Appliances.Rpm;
using Guestfs.Appliances.Tests.Debian;
using Guestfs.Appliances.Tests.Pacman;
using Guestfs.Appliances.Tests.Rpm;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.Packages;

public sealed class DamagedDatabaseTests(RpmFixture fixture) : IClassFixture<RpmFixture>
{
    private const long MaxMemory = 64 << 20;
    private static readonly string[] Dangerous = ["\0", "\n", "\n\n", ":", "|", ",", "(", ")", "%", "/", "\uFFFD", "9999999999"];

    [Fact]
    public void A_damaged_dpkg_database_is_read_or_refused()
    {
        using DpkgRoot root = new(
            DpkgRoot.Entry("a", "Multi-Arch: same\nDepends: b (>= 1) | c:any, d\nProvides: e (= 2), f\nConffiles:\n"
                + " /etc/a 0123456789abcdef0123456789abcdef obsolete")
            + DpkgRoot.Entry("b", "Pre-Depends: a") + DpkgRoot.Entry("c", status: "hold ok triggers-pending"));
        Directory.CreateDirectory(root.AdminDirectory + "/alternatives");
        string[] files =
        [
            root.AdminDirectory + "/status",
            root.AdminDirectory + "/diversions",
            root.AdminDirectory + "/info/b.list",
            root.AdminDirectory + "/alternatives/x",
        ];
        File.WriteAllText(files[1], "/usr/a\n/usr/b\nb\n/x\n/y\n:\n");
        File.WriteAllText(files[2], "/.\n/usr\n/usr/a\n");
        File.WriteAllText(files[3], "auto\n/usr/bin/x\ny\n/usr/bin/y\n\n/usr/bin/z\n10\n/usr/bin/zy\n\n");
        Damage(files, root.Load);
    }

    [Fact]
    public void A_damaged_pacman_database_is_read_or_refused()
    {
        using PacmanRoot root = new(("one", "1-1", ["depend = two>=1", "provides = three=2", "backup = etc/one"], ["etc/one"]));
        string folder = root.Database + "/one-1-1";
        Damage([folder + "/desc", folder + "/files", folder + "/mtree"], root.Load);
    }

    [Fact]
    public void A_damaged_rpm_database_is_read_or_refused()
    {
        // Without the files of its log, so that the damaged file is all there is.
        using TempDirectory copy = new();
        Directory.CreateDirectory(copy.File("var/lib/rpm"));
        string database = copy.File("var/lib/rpm/rpmdb.sqlite");
        File.Copy(fixture.Root.Database, database);
        Damage([database], () => RpmDatabase.Find(copy.Path)!.Load(default));
    }

    [Fact]
    public void A_damaged_rpm_header_is_read_or_refused()
    {
        byte[][] headers = fixture.Root.Headers();
        Random random = new(23);
        for (int round = 0; round < Soak.Rounds(3000, 30_000); round++)
        {
            byte[] damaged = DamageBytes(random, headers[random.Next(headers.Length)]);

            // Counts, types and offsets of the index are where the worst can be said.
            if (random.Next(2) == 0 && damaged.Length > 900)
            {
                int[] values = [0, -1, 1, int.MaxValue, int.MinValue, 0x10000, 0x7FFFFF00, 8, 4, 6];
                BinaryPrimitives.WriteInt32BigEndian(damaged.AsSpan(4 * random.Next(200)), values[random.Next(values.Length)]);
            }

            Check(() =>
            {
                List<InstalledPackage> packages = [];
                RpmDatabaseFile.Read(RpmForms.Ndb([damaged]), [], header => packages.Add(RpmPackage.Read(header, "/db")), _ => { });
                return new PackageSet(RpmRules.Instance, packages, []);
            }, [ApplianceProblem.InvalidInput], round);
        }
    }

    private static void Damage(string[] files, Func<PackageSet> load)
    {
        Random random = new(24);
        for (int round = 0; round < Soak.Rounds(300, 3000); round++)
        {
            string file = files[random.Next(files.Length)];
            byte[] whole = File.ReadAllBytes(file);
            File.WriteAllBytes(file, DamageBytes(random, whole));
            Check(load, [ApplianceProblem.InvalidInput], round);
            File.WriteAllBytes(file, whole);
        }
    }

    private static byte[] DamageBytes(Random random, byte[] whole)
    {
        List<byte> bytes = [.. whole];
        for (int i = random.Next(1, 6); i > 0 && bytes.Count > 2; i--)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.InsertRange(at, LosslessUtf8.GetBytes(Dangerous[random.Next(Dangerous.Length)]));
                    break;
                case 3:
                    bytes.RemoveRange(at, Math.Min(bytes.Count - at, random.Next(1, 40)));
                    break;
                default:
                    bytes.RemoveRange(at, random.Next(4) == 0 ? bytes.Count - at : 0);
                    break;
            }
        }

        return [.. bytes];
    }

    private static void Check(Func<PackageSet> load, ApplianceProblem[] refused, int round)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            PackageSet packages = load();
            PackageClosure.Resolve(packages, packages.Packages.Select(package => (package.Name, "list")), ClosurePolicy.Complete, default);
            PackageClosure.Resolve(packages, packages.Packages.Select(package => (package.Name, "list")), ClosurePolicy.Supermin, default);
            foreach (InstalledPackage package in packages.Packages)
            {
                Assert.All(package.Files, file => Assert.StartsWith("/", file.Path, StringComparison.Ordinal));
                Assert.Equal(64, package.Digest.Length);
            }
        }
        catch (ApplianceException e)
        {
            Assert.True(refused.Contains(e.Problem), $"Round {round}: {e.Problem}: {e.Message}");
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < MaxMemory, $"Round {round} allocates {allocated} bytes.");
    }
}

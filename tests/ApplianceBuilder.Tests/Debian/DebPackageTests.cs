// Packages that dpkg-deb builds, read by us and listed by dpkg-deb; and ar archives that ar makes.
using Guestfs.Appliances.Archives;
using Guestfs.Appliances.Debian;
using Guestfs.Appliances.Plan;
using Guestfs.Appliances.Tests.Archives;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.Debian;

public sealed class DebPackageTests
{
    private const string Files = """
        mkdir -p usr/bin etc/demo; printf one > usr/bin/one; chmod 4755 usr/bin/one; ln usr/bin/one usr/bin/two; ln -s one usr/bin/three
        printf x > etc/demo/conf; printf '/etc/demo/conf\n' > DEBIAN/conffiles
        printf '#!/bin/sh\nexit 0\n' > DEBIAN/postinst; chmod 755 DEBIAN/postinst
        """;

    [Theory]
    [InlineData("none")]
    [InlineData("gzip")]
    [InlineData("xz")]
    [InlineData("zstd")]
    public void A_package_is_read_as_dpkg_deb_lists_it(string compression)
    {
        Command.Require("dpkg-deb", "tar");
        using TempDirectory directory = new();
        string path = DebFile.Build(directory.Path, "demo", "1:2.0-3", "Depends: libc6 (>= 2.36), awk | mawk,\n more", Files, compression);

        DebPackage package = DebPackage.Open(path);
        Assert.Equal(Command.Run("dpkg-deb", "-f", path, "Depends").Trim(), package.Control["Depends"]!.Replace('\n', ' '));
        Assert.Equal(("demo", "1:2.0-3", "amd64"), (package.Name, package.Version.ToString(), package.Architecture));
        Assert.Equal(["/etc/demo/conf"], package.ConfigurationFiles);
        Assert.Equal(Command.Run("dpkg-deb", "-I", path, "postinst"), LosslessUtf8.GetString(package.ControlFiles["postinst"].Span));

        using Spool spool = new(directory.File("spool"));
        List<PlanEntry> entries = [.. package.ReadFiles(spool, new TarOptions(), TestContext.Current.CancellationToken)];
        string list = Command.Run("sh", "-c", $"dpkg-deb --fsys-tarfile '{path}' | TZ=UTC tar -tv --numeric-owner --full-time");
        Assert.Equal(ArchiveTest.TarList(list), ArchiveTest.List(entries));
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> members =
            package.ReadMembers(name => name == "/etc/demo/conf", 100, TestContext.Current.CancellationToken);
        Assert.Equal("x"u8.ToArray(), Assert.Single(members).Value.ToArray());
        Assert.Throws<ApplianceException>(() => package.ReadMembers(_ => true, 3, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void The_members_of_an_ar_archive_are_those_that_ar_prints()
    {
        Command.Require("ar");
        using TempDirectory directory = new();
        Command.Run("sh", "-ec", $"cd '{directory.Path}'; printf odd > a; printf even > b_; : > c; ar rc x.ar a b_ c");
        using FileStream file = File.OpenRead(directory.File("x.ar"));
        IReadOnlyList<ArMember> members = ArReader.List(file, "x.ar");
        Assert.Equal(Command.Run("ar", "t", directory.File("x.ar")).Split('\n', StringSplitOptions.RemoveEmptyEntries),
            members.Select(member => member.Name));
        foreach (ArMember member in members)
        {
            using SubStream part = new(file, member.Offset, member.Length);
            using StreamReader reader = new(part);
            Assert.Equal(Command.Run("ar", "p", directory.File("x.ar"), member.Name), reader.ReadToEnd());
        }
    }

    [Theory]
    [InlineData("truncate -s -3 x.deb")]
    [InlineData("truncate -s 100 x.deb")]
    [InlineData("truncate -s 0 x.deb")]
    [InlineData("printf garbage >> x.deb")]
    [InlineData("ar d x.deb control.tar.gz")]
    [InlineData("ar d x.deb debian-binary")]
    [InlineData("ar d x.deb data.tar.gz")]
    [InlineData("echo 3.0 > debian-binary; ar r x.deb debian-binary")]
    [InlineData("mkdir e; tar -C e -czf control.tar.gz .; ar r x.deb control.tar.gz")]
    [InlineData("tar -czf x.deb debian-binary")]
    [InlineData("sed -i 's/^debian-binary  /debian-binary xx/' x.deb")]
    public void A_damaged_package_is_refused_by_us_and_by_dpkg_deb(string damage)
    {
        ArgumentNullException.ThrowIfNull(damage);
        Command.Require("dpkg-deb", "ar");
        using TempDirectory directory = new();
        string path = directory.File("x.deb");
        File.Move(DebFile.Build(directory.Path, "demo", script: Files), path);
        Command.Run("sh", "-ec", $"cd '{directory.Path}'; echo 2.0 > debian-binary; {damage}");
        using Spool spool = new(directory.File("spool"));
        ApplianceException error = Assert.Throws<ApplianceException>(
            () => DebPackage.Open(path).ReadFiles(spool, new TarOptions(), TestContext.Current.CancellationToken).Count());
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        bool refusedByDpkg = Command.TryRun("sh", ["-c", $"dpkg-deb -f '{path}' Package && dpkg-deb -c '{path}'"]).ExitCode != 0;
        Assert.True(refusedByDpkg || damage.Contains("garbage", StringComparison.Ordinal));
    }

    [Fact]
    public void A_package_that_is_not_there_cannot_be_read() =>
        Assert.Equal(
            ApplianceProblem.UnreadableFile, Assert.Throws<ApplianceException>(() => DebPackage.Open("/nonexistent/x.deb")).Problem);
}

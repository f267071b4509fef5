// Source lists against the ones that apt-get makes of them.
using Guestfs.Appliances.Repositories;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.Repositories;

public sealed class AptSourcesTests
{
    [Fact]
    public void Sources_are_those_that_apt_get_names()
    {
        Command.Require("apt-get");
        using LocalRepository keys = new();
        using TempDirectory root = new();
        string parts = Directory.CreateDirectory(root.File("etc/apt/sources.list.d")).FullName;
        Directory.CreateDirectory(root.File("etc/apt/trusted.gpg.d"));
        Directory.CreateDirectory(root.File("usr/share/keyrings"));
        File.Copy(keys.Keyring, root.File("usr/share/keyrings/test.gpg"));
        File.WriteAllText(root.File("etc/apt/trusted.gpg.d/trusted.asc"), keys.ArmoredKey);
        File.WriteAllText(root.File("etc/apt/sources.list"), """
            # a remark
            deb http://one.example/debian stable main contrib # another
            deb [ arch=amd64,i386 signed-by=/usr/share/keyrings/test.gpg check-valid-until=no ] https://two.example/debian/ testing main
            deb [arch=arm64] http://three.example/debian stable main
            deb-src http://one.example/debian stable main
            deb file:/srv/flat ./
            deb cdrom:[Disk]/ stable main

            """);
        File.WriteAllText(Path.Combine(parts, "a.list"), "deb http://four.example/$(ARCH) stable main\n");
        File.WriteAllText(Path.Combine(parts, "ignored.txt"), "deb http://ignored.example/ stable main\n");
        File.WriteAllText(Path.Combine(parts, "b.sources"), $"""
            Types: deb deb-src
            URIs: http://five.example/debian https://six.example/debian
            Suites: stable stable-updates
            Components: main
             contrib
            Signed-By:
            {string.Join('\n', keys.ArmoredKey.Trim().Split('\n').Select(line => line.Length == 0 ? " ." : " " + line))}

            Types: deb
            Enabled: no
            URIs: http://off.example/debian
            Suites: stable
            Components: main

            Types: deb
            URIs: http://seven.example/debian
            Suites: stable
            Components: main
            Signed-By: {new string('A', 40)}

            """);

        // apt-get takes the scheme cdrom too, names sources for other architectures, and has an index for all of them.
        string apt = Command.Run(
            "apt-get", "-o", $"Dir={root.Path}", "-o", "Dir::State::status=/dev/null", "-o", "APT::Architecture=amd64", "-o",
            "APT::Architectures=amd64", "indextargets", "--no-release-info", "--format", "$(REPO_URI) $(RELEASE) $(COMPONENT)",
            "Created-By: Packages");
        AptSources sources = AptSources.Read(root.Path, "amd64");
        Assert.Equal(
            apt.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith("cdrom", StringComparison.Ordinal)
                && !line.Contains("three.example", StringComparison.Ordinal))
                .Select(line => line.Replace("$(COMPONENT)", "", StringComparison.Ordinal).Trim())
                .Distinct()
                .Order(StringComparer.Ordinal),
            sources.Repositories.SelectMany(source => (source.IsFlat ? [""] : source.Components)
                .Select(component => $"{Address(source)} {source.Suite} {component}".Trim())).Order(StringComparer.Ordinal));
        Assert.Equal(["cdrom:", "three.example"], sources.Skipped.Select(text => text.Contains("cdrom", StringComparison.Ordinal)
            ? "cdrom:" : text.Contains("three.example", StringComparison.Ordinal) ? "three.example" : text).Order(StringComparer.Ordinal));

        byte[] key = File.ReadAllBytes(keys.Keyring);
        Assert.All(sources.Repositories, source => Assert.Equal(key, Assert.Single(source.SignedBy.Keyrings).ToArray()));
        Assert.Equal(["testing"], sources.Repositories.Where(source => !source.CheckValidUntil).Select(source => source.Suite));
        Assert.Equal(
            [new string('A', 40)], sources.Repositories.Single(source => source.Address.Host == "seven.example").SignedBy.Fingerprints);

        static string Address(DebianRepository source) => source.Address.IsFile
            ? "file:" + source.Address.AbsolutePath.TrimEnd('/') + "/"
            : source.Address.AbsoluteUri.TrimEnd('/') + "/";
    }

    [Theory]
    [InlineData("deb http://one.example/debian\n")]
    [InlineData("deb [ arch=amd64 http://one.example/debian stable main\n")]
    [InlineData("deb http://one.example/debian stable\n")]
    public void Malformed_lines_are_named(string line)
    {
        using TempDirectory root = new();
        Directory.CreateDirectory(root.File("etc/apt"));
        File.WriteAllText(root.File("etc/apt/sources.list"), line);
        Assert.Contains(
            "sources.list", Assert.Throws<ApplianceException>(() => AptSources.Read(root.Path, "amd64")).Message, StringComparison.Ordinal);
        Assert.NotEqual(
            0, Command.TryRun("apt-get", ["-o", $"Dir={root.Path}", "-o", "Dir::State::status=/dev/null", "indextargets"]).ExitCode);
    }
}

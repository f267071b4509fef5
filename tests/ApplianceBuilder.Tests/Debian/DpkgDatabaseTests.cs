// dpkg databases with everything that this machine's may not have; the judges are dpkg's own programs.
using Guestfs.Appliances.Packages;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.Debian;

public sealed class DpkgDatabaseTests
{
    [Fact]
    public void Packages_are_present_when_their_files_are()
    {
        string[] states =
        [
            "not-installed", "config-files", "half-installed", "unpacked", "half-configured", "triggers-awaited", "triggers-pending",
            "installed",
        ];
        using DpkgRoot root = new(
            string.Concat(states.Select(state => DpkgRoot.Entry("p-" + state, TriggerField(state), "install ok " + state)))
            + DpkgRoot.Entry("held", status: "hold ok installed"));

        string[] judge = Query(root, "${Package} ${db:Status-Status}\n");
        Assert.Equal(
            judge.Where(line => line.EndsWith(" installed", StringComparison.Ordinal)
                || line.Contains(" triggers", StringComparison.Ordinal)).Select(line => line.Split(' ')[0]),
            root.Load().Packages.Select(package => package.Name));

        static string TriggerField(string state) => state switch
        {
            "triggers-awaited" => "Triggers-Awaited: held\n",
            "triggers-pending" => "Triggers-Pending: /x\n",
            _ => "",
        };
    }

    [Fact]
    public void The_journal_of_an_interrupted_dpkg_counts()
    {
        using DpkgRoot root = new(DpkgRoot.Entry("a") + DpkgRoot.Entry("b") + DpkgRoot.Entry("c"));
        File.WriteAllText(root.AdminDirectory + "/updates/0000", DpkgRoot.Entry("a", version: "2.0"));
        File.WriteAllText(root.AdminDirectory + "/updates/0001", DpkgRoot.Entry("a", version: "3.0"));
        File.WriteAllText(root.AdminDirectory + "/updates/0002", DpkgRoot.Entry("b", status: "deinstall ok config-files"));
        File.WriteAllText(root.AdminDirectory + "/updates/tmp.i", "half an ent");

        Assert.Equal(
            Query(root, "${Package} ${Version} ${db:Status-Status}\n").Where(line => line.EndsWith(" installed", StringComparison.Ordinal)),
            root.Load().Packages.Select(package => $"{package.Name} {package.Version} installed"));
    }

    [Fact]
    public void One_package_of_two_architectures_is_two_packages_with_their_own_files()
    {
        using DpkgRoot root = new(
            DpkgRoot.Entry("dpkg")
            + DpkgRoot.Entry("lib", "Multi-Arch: same\nConffiles:\n /etc/lib 0123456789abcdef0123456789abcdef\n"
                + " /etc/old name 0123456789abcdef0123456789abcdef obsolete")
            + DpkgRoot.Entry("lib", "Multi-Arch: same", architecture: "i386"));
        File.WriteAllText(root.AdminDirectory + "/info/dpkg.list", "/.\n");
        File.WriteAllText(root.AdminDirectory + "/info/lib:amd64.list", "/.\n/etc\n/etc/lib\n/etc/old name\n/usr/lib/x86_64/lib\n");
        File.WriteAllText(root.AdminDirectory + "/info/lib:i386.list", "/.\n/usr/lib/i386/lib\n");
        File.WriteAllText(root.AdminDirectory + "/arch", "amd64\ni386\n");
        File.WriteAllText(
            root.AdminDirectory + "/diversions", "/usr/lib/i386/lib\n/usr/lib/i386/lib.dpkg\n:\n/etc/lib\n/etc/lib.own\nlib\n");

        PackageSet packages = root.Load();
        Assert.Equal(["amd64", "i386"], packages.Named("lib").Select(package => package.Architecture));
        foreach (InstalledPackage package in packages.Named("lib"))
        {
            string[] lines = Command.Run("dpkg-query", "--admindir", root.AdminDirectory, "-L", $"lib:{package.Architecture}")
                .Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(lines.Where(line => line.StartsWith('/') && line != "/."), package.Files.Select(file => file.Path));
            Assert.Equal(
                lines.Where(line => line.Contains(" to: ", StringComparison.Ordinal) && !line.Contains("others", StringComparison.Ordinal))
                    .Select(line => line[(line.IndexOf(" to: ", StringComparison.Ordinal) + 5)..]),
                package.Files.Where(file => file.HostPath != file.Path).Select(file => file.HostPath));
        }

        Assert.Equal(
            ["/etc/lib", "/etc/old name"], packages.Named("lib")[0].Files.Where(file => file.IsConfiguration).Select(file => file.Path));
    }

    [Theory]
    [InlineData("real")]
    [InlineData("real (>= 2.0)")]
    [InlineData("real (>> 2.0)")]
    [InlineData("real (<< 2.0)")]
    [InlineData("real (= 2.0)")]
    [InlineData("virtual")]
    [InlineData("virtual (>= 1)")]
    [InlineData("versioned (= 5)")]
    [InlineData("versioned (>= 6)")]
    [InlineData("versioned (>> 4), real")]
    [InlineData("absent | real")]
    [InlineData("real (>= 9) | versioned (<= 5)")]
    [InlineData("absent")]
    [InlineData("gone")]
    [InlineData("allowed:any")]
    [InlineData("foreign-arch")]
    [InlineData("foreign-tool")]
    public void A_dependency_is_met_as_dpkg_meets_it(string depends)
    {
        Command.Require("dpkg-checkbuilddeps");
        string native = Command.Run("dpkg", "--print-architecture").Trim();
        string foreign = native == "i386" ? "amd64" : "i386";
        using DpkgRoot root = new(
            DpkgRoot.Entry("build-essential", architecture: native)
            + DpkgRoot.Entry("dpkg", architecture: native)
            + DpkgRoot.Entry("real", "Provides: virtual, versioned (= 5)", version: "2.0", architecture: native)
            + DpkgRoot.Entry("gone", status: "deinstall ok config-files", architecture: native)
            + DpkgRoot.Entry("allowed", "Multi-Arch: allowed", architecture: foreign)
            + DpkgRoot.Entry("foreign-arch", architecture: foreign)
            + DpkgRoot.Entry("foreign-tool", "Multi-Arch: foreign", architecture: foreign)
            + DpkgRoot.Entry("asker", $"Depends: {depends}", architecture: native));
        string control = root.Path + "/control";
        File.WriteAllText(control,
            $"Source: a\nMaintainer: a <a@example.org>\nBuild-Depends: {depends}\n\nPackage: a\nArchitecture: any\nDescription: a\n");
        bool judge = Command.TryRun("dpkg-checkbuilddeps", ["--admindir=" + root.AdminDirectory, "-I", control]).ExitCode == 0;

        PackageClosure closure = PackageClosure.Resolve(
            root.Load(), [("asker", "list")], ClosurePolicy.Complete, TestContext.Current.CancellationToken);
        Assert.Equal(judge, closure.Missing.Count == 0);
        Assert.All(closure.Missing, gap => Assert.Equal("asker", gap.AskedBy));
    }

    [Theory]
    [InlineData("no field here\n\n")]
    [InlineData(" continuation first: x\n\n")]
    [InlineData("Status: install ok installed\n\n")]
    [InlineData("Package: a\nStatus: install ok installed\n\n")]
    [InlineData("Package: ../../etc\nStatus: install ok installed\nVersion: 1\nArchitecture: all\n\n")]
    [InlineData("Package: a\nStatus: install ok installed\nVersion: 1\nArchitecture: all\nDepends: b (>= \n\n")]
    [InlineData("Package: a\nStatus: install ok installed\nVersion: 1\nArchitecture: all\nDepends: b (~ 1)\n\n")]
    [InlineData("Package: a\nStatus: install ok installed\nVersion: 1\nArchitecture: all\nDepends: | b\n\n")]
    public void A_damaged_status_file_is_refused(string status)
    {
        using DpkgRoot root = new(status);
        Assert.NotEqual(0, Command.TryRun("dpkg-query", ["--admindir", root.AdminDirectory, "-W"]).ExitCode);
        ApplianceException error = Assert.Throws<ApplianceException>(root.Load);
        Assert.Equal(ApplianceProblem.InvalidInput, error.Problem);
        Assert.Contains("/var/lib/dpkg/status", error.Message, StringComparison.Ordinal);
    }

    private static string[] Query(DpkgRoot root, string format) =>
        Command.Run("dpkg-query", "--admindir", root.AdminDirectory, "-W", "-f", format).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

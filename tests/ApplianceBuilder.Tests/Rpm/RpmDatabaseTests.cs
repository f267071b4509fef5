// rpm's database; the judge is rpm.
using Guestfs.Appliances.Packages;
using Guestfs.Appliances.Rpm;
using Guestfs.Appliances.Tests.Packages;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.Rpm;

public sealed class RpmDatabaseTests(RpmFixture fixture) : IClassFixture<RpmFixture>
{
    [Fact]
    public void Packages_are_those_of_rpm()
    {
        Assert.Equal(
            Query("-qa", "--qf", "%{NAME} %{EVR} %{ARCH}\n"),
            fixture.Root.Load().Packages.Select(package => package.ToString()).Order(StringComparer.Ordinal));
        Assert.Equal("rpm", RpmDatabase.Find(fixture.Root.Path)!.Kind);
    }

    [Fact]
    public void Files_and_their_kinds_are_those_of_rpm()
    {
        foreach (InstalledPackage package in fixture.Root.Load().Packages)
        {
            Assert.Equal(Query("-ql", package.Name), package.Files.Select(file => file.Path).Order(StringComparer.Ordinal));
            Assert.Equal(Query("-q", "--qf", "[%{FILENAMES} %{FILEFLAGS:fflags}\n]", package.Name),
                package.Files.Select(file => $"{file.Path} {Flags(package, file)}").Order(StringComparer.Ordinal));
            Assert.All(package.Files, file => Assert.True(package.Owns(file.Path)));
            Assert.False(package.Owns("/usr/bin/none"));
            Assert.False(package.Owns("/none/none"));
        }

        static string Flags(InstalledPackage package, PackageFile file) =>
            file.IsConfiguration ? package.Name == "alpha" ? "cn" : "c" : file.IsGhost ? "g" : "";
    }

    [Fact]
    public void Relations_are_those_of_rpm()
    {
        foreach (InstalledPackage package in fixture.Root.Load().Packages)
        {
            Assert.Equal(
                Query("-q", "--qf", "[%{REQUIRENEVRS}\n]", package.Name)
                    .Where(line => !line.StartsWith("rpmlib(", StringComparison.Ordinal))
                    .Select(Plain)
                    .Order(StringComparer.Ordinal),
                package.Depends.Select(dependency => Plain(dependency.ToString())).Order(StringComparer.Ordinal));
            Assert.Equal(Query("-q", "--qf", "[%{PROVIDENEVRS}\n]", package.Name),
                package.Provides.Select(relation => relation.ToString()).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void What_rpm_says_provides_a_name_serves_it()
    {
        PackageSet packages = fixture.Root.Load();
        foreach (string name in packages.Packages.SelectMany(package => package.Provides)
            .Select(relation => relation.Name)
            .Append("/usr/bin/sh")
            .Append("/etc/beta.conf")
            .Distinct())
        {
            Assert.Equal(Query("-q", "--qf", "%{NAME}\n", "--whatprovides", name).Distinct(),
                packages.Serving(new PackageRelation(name), null).Select(package => package.Name).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void The_complete_closure_has_all_that_rpm_would_ask_for_and_no_more()
    {
        PackageClosure closure = PackageClosure.Resolve(
            fixture.Root.Load(), [("alpha", "list")], ClosurePolicy.Complete, TestContext.Current.CancellationToken);
        Assert.Equal(["alpha", "beta", "delta", "epsilon", "shell"], closure.Packages.Select(package => package.Name));
        Assert.Equal([new MissingPackage("absent >= 1", "delta"), new MissingPackage("lonely", "delta")], closure.Missing);

        // rpm finds the same gaps, and one more: it does not take /usr/bin/sh for /bin/sh in a root where the one folder is not a link to
        // the other.
        Assert.Equal(["/bin/sh", "absent >= 1", "lonely"], Gaps([.. closure.Packages.Select(package => package.Name)]));
    }

    [Fact]
    public void Rich_dependencies_are_met_as_rpm_meets_them()
    {
        PackageClosure closure = PackageClosure.Resolve(
            fixture.Root.Load(), [("rich", "list")], ClosurePolicy.Complete, TestContext.Current.CancellationToken);
        string[] gaps = [.. Gaps("rich").Select(Plain).Order(StringComparer.Ordinal)];
        Assert.NotEmpty(gaps);
        Assert.Equal(
            gaps, closure.Missing.Where(gap => gap.AskedBy == "rich").Select(gap => Plain(gap.Name)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Versions_are_matched_as_rpm_matches_them()
    {
        PackageClosure closure = PackageClosure.Resolve(
            fixture.Root.Load(), [("ranges", "list")], ClosurePolicy.Complete, TestContext.Current.CancellationToken);
        Assert.NotEmpty(closure.Missing);
        Assert.Equal(Gaps("ranges"), closure.Missing.Select(gap => gap.Name));
    }

    [Fact]
    public void As_supermin_the_closure_has_no_rich_dependencies_and_the_shortest_providers()
    {
        PackageClosure closure = PackageClosure.Resolve(
            fixture.Root.Load(), [("alpha", "list"), ("twice", "list")], ClosurePolicy.Supermin, TestContext.Current.CancellationToken);
        Assert.Equal(["alpha", "beta", "delta", "shell"], closure.Packages.Select(package => package.Name));
    }

    [Fact]
    public void Digests_are_those_of_the_packages_not_of_their_installation()
    {
        string[] first = [.. fixture.Root.Load().Packages.Select(package => package.Digest)];
        Assert.Equal(first.Length, first.Distinct().Count());
        fixture.Root.Rpm("--rebuilddb");
        Assert.Equal(first, fixture.Root.Load().Packages.Select(package => package.Digest));
    }

    [Theory]
    [InlineData("Packages", 1234)]
    [InlineData("Packages", 4321)]
    [InlineData("Packages.db", 0)]
    public void Other_forms_of_database_hold_the_same(string name, int byteOrder)
    {
        using TempDirectory other = new();
        string file = Path.Combine(Directory.CreateDirectory(other.File("var/lib/rpm")).FullName, name);
        if (byteOrder == 0)
        {
            File.WriteAllBytes(file, RpmForms.Ndb(fixture.Root.Headers()));
        }
        else
        {
            RpmForms.WriteBerkeley(file, fixture.Root.Headers(), byteOrder);
            Assert.Equal(
                Query("-qa", "--qf", "%{NAME} %{EVR} %{ARCH}\n"),
                Command.Run("rpm", "--define", "_db_backend bdb_ro", "--dbpath", Path.GetDirectoryName(file)!, "-qa", "--qf",
                    "%{NAME} %{EVR} %{ARCH}\n").Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
        }

        Assert.Equal(Query("-qa", "--qf", "%{NAME} %{EVR} %{ARCH}\n"),
            RpmDatabase.Find(other.Path)!.Load(TestContext.Current.CancellationToken).Packages
                .Select(package => package.ToString())
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_database_beside_which_nobody_may_write_is_read()
    {
        using TempDirectory copy = new();
        string root = copy.File("a folder? #1%");
        string folder = Directory.CreateDirectory(root + "/var/lib/rpm").FullName;
        File.Copy(fixture.Root.Database, folder + "/rpmdb.sqlite");
        File.CreateSymbolicLink(folder + "/rpmdb.sqlite-shm", "nowhere/file");
        Command.Run("chmod", "500", folder);
        try
        {
            Assert.Equal(
                fixture.Root.Load().Packages.Select(package => package.ToString()),
                RpmDatabase.Find(root)!.Load(TestContext.Current.CancellationToken).Packages.Select(package => package.ToString()));
        }
        finally
        {
            Command.Run("chmod", "700", folder);
        }
    }

    [Fact]
    public void Changes_that_are_only_in_the_log_are_seen_and_never_left_out()
    {
        using TempDirectory copy = new();
        string folder = Directory.CreateDirectory(copy.File("var/lib/rpm")).FullName;
        string database = folder + "/rpmdb.sqlite";
        File.Copy(fixture.Root.Database, database);

        // A writer that was killed: its log has what the database does not have yet.
        Command.Require("sqlite3");
        Command.TryRun(
            "sqlite3", [database], input: "PRAGMA wal_autocheckpoint=0;\nDELETE FROM Packages WHERE hnum > 1;\n.system kill -9 $PPID\n");
        Assert.True(new FileInfo(database + "-wal").Length > 0);
        Assert.Single(RpmDatabase.Find(copy.Path)!.Load(TestContext.Current.CancellationToken).Packages);
    }

    // Rich dependencies without the parentheses, which are written in two ways.
    private static string Plain(string dependency) =>
        dependency.StartsWith('(') || dependency.Contains(" | ", StringComparison.Ordinal)
            ? dependency.Replace("(", "", StringComparison.Ordinal)
                .Replace(")", "", StringComparison.Ordinal)
                .Replace(" or ", " | ", StringComparison.Ordinal)
            : dependency;

    // What rpm finds missing; it also tells of packages that only have conditions on those it is asked for.
    private IEnumerable<string> Gaps(params string[] packages)
    {
        const string Needed = " is needed by (installed) ";
        string[] command = ["--root", fixture.Root.Path, "--dbpath", "/var/lib/rpm", "-V", "--nofiles", .. packages];
        return Command.TryRun("rpm", command).Output.Split('\n')
            .Where(line => packages.Any(package => line.Contains($"{Needed}{package}-", StringComparison.Ordinal)))
            .Select(line => line[..line.IndexOf(Needed, StringComparison.Ordinal)].Trim())
            .Order(StringComparer.Ordinal);
    }

    // One line for each thing, in ordinal order.
    private IEnumerable<string> Query(params string[] arguments) =>
        fixture.Root.Rpm(arguments)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line != "(contains no files)")
            .Order(StringComparer.Ordinal);
}
